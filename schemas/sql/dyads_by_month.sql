-- One row for each month, pair of parties and type of event that a report tells as a fact: a panel to chart or to model.
select
    date_trunc('month', coalesce(date_from, published_on))::date as month,  -- First day of the month in which it happened, else was reported.
    actor,  -- Who did it.
    actor_country,  -- Country of who did it, ISO 3166 alpha-3.
    recipient,  -- To whom it was done.
    recipient_country,  -- Country of to whom it was done, ISO 3166 alpha-3.
    event_type,  -- What was done (PLOVER).
    any_value(quad_class) as quad_class,  -- 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    count(distinct event_id) as n_reports,  -- Reports of such events.
    count(distinct coalesce(incident_id, event_id)) as n_incidents,  -- Real events behind the reports.
    count(distinct doc_id) as n_documents,  -- Articles that report them.
    round(avg(intensity), 2) as mean_intensity  -- Mean of the reports' intensity, from -10 to 10.
from event_pairs
where status in ('actual', 'historical') and actor is not null and recipient is not null
group by all
