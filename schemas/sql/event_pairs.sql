-- One row for each event, party that did it and party to whom it was done: no lists to split, both countries beside it.
with parties as (
    select ep.event_id, ep.role, ep.actor_id, coalesce(a.name, ep.text) as name, a.country, a.actor_type, a.sector
    from event_actors ep left join actors a using (actor_id)
)
select
    e.event_id,  -- Report of the event; several rows where it has several parties.
    e.incident_id,  -- The real event that is reported.
    e.doc_id,  -- Article that reports it.
    e.published_on,  -- Day on which the article was published.
    coalesce(d.outlet, d.credit) as outlet,  -- Who published it, else the agency or author that it credits.
    date_diff('day', e.published_on, max(e.published_on) over ()) // 7 as weeks_ago,  -- Whole weeks between this report and the latest one: 0 is this week.
    e.event_type,  -- What was done (PLOVER).
    e.event_mode,  -- How it was done.
    e.quad_class,  -- 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    e.intensity,  -- From -10, most violent, to 10, most cooperative.
    e.status,  -- Whether it happened, by the words of the report.
    e.attributed_to,  -- Who says so, where the article leaves it to a source.
    e.date_from,  -- First day on which it may have happened.
    e.date_to,  -- Last day on which it may have happened.
    e.place,  -- Named place where it happened.
    e.place_country,  -- Country of the place, ISO 3166 alpha-3.
    e.latitude,  -- Latitude of the place.
    e.longitude,  -- Longitude of the place.
    p.name as actor,  -- Who did it.
    p.actor_id,  -- Key of who did it.
    p.actor_type,  -- Kind of who did it.
    p.country as actor_country,  -- Country of who did it, ISO 3166 alpha-3.
    p.sector as actor_sector,  -- Sector of who did it (PLOVER).
    r.name as recipient,  -- To whom it was done.
    r.actor_id as recipient_id,  -- Key of to whom it was done.
    r.actor_type as recipient_type,  -- Kind of to whom it was done.
    r.country as recipient_country,  -- Country of to whom it was done, ISO 3166 alpha-3.
    r.sector as recipient_sector,  -- Sector of to whom it was done (PLOVER).
    e.fatalities_low,  -- Least number of deaths that the text ties to the event; the same in each of its rows.
    e.fatalities_high,  -- Greatest number of deaths that the text ties to the event.
    i.corroboration,  -- Whether sources bear each other out.
    e.text as trigger,  -- The words that name the event.
    e.sentence  -- The whole sentence that reports it.
from events e
left join documents d using (doc_id)
left join incidents i on i.incident_id = e.incident_id
left join parties p on p.event_id = e.event_id and p.role = 'actor'
left join parties r on r.event_id = e.event_id and r.role = 'recipient'
