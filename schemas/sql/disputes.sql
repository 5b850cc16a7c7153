-- One row for each dispute: what it is over, who says one thing and who another, each with the sentence.
with pairs as (
    select incident_id, disputed_over as over, claim_event_id, counter_event_id
    from incidents where corroboration = 'disputed'
    union all
    select "to", 'whether', to_event_id, from_event_id
    from incident_links where relation = 'denial of'
), sides as (
    select e.*, coalesce(e.attributed_to, d.outlet, d.credit, e.doc_id) as by_whom
    from events e left join documents d using (doc_id)
)
select
    i.incident_id,  -- The real event that is disputed.
    i.event_type,  -- What was done (PLOVER).
    any_value(p.over) as disputed_over,  -- What is disputed: whether it happened, who did it, how many died.
    i.date_from,  -- First day on which it may have happened.
    i.place,  -- Named place where it happened.
    i.actor_names,  -- Who did it, as most reports have it.
    i.recipient_names,  -- To whom it was done.
    c.by_whom as affirmed_by,  -- Who says the one thing: the source that the report names, else the outlet, else the article.
    c.published_on as affirmed_on,  -- Publication of that report.
    c.sentence as affirmed,  -- The sentence that affirms.
    c.doc_id as affirmed_doc_id,  -- Its article.
    k.by_whom as denied_by,  -- Who denies it or says another thing.
    k.published_on as denied_on,  -- Publication of that report.
    k.sentence as denied,  -- The sentence that denies.
    k.doc_id as denied_doc_id  -- Its article.
from pairs p
join incidents i using (incident_id)
join sides c on c.event_id = p.claim_event_id
join sides k on k.event_id = p.counter_event_id
group by all
