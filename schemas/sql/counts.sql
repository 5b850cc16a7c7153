-- One row for each figure that belongs to a tally: who counted what, when; in order of publication a count as it grew.
select
    f.tally_id,  -- The thing that is counted.
    f.figure_id,  -- The figure in its article.
    f.doc_id,  -- Article that gives it.
    f.published_on,  -- Day on which the article was published.
    coalesce(d.outlet, d.credit) as outlet,  -- Who published it, else the agency or author that it credits.
    coalesce(a.name, 'the article itself') as counted_by,  -- Whose number it is.
    a.country as counted_by_country,  -- Country of whose number it is, ISO 3166 alpha-3.
    f.measure,  -- What became of those counted, or what the unit tells.
    f.comparator,  -- How the number bounds what it counts.
    f.value,  -- The number; the lower one of a range.
    f.value_high,  -- The upper number of a range.
    f.unit,  -- Unit of the number.
    f.counted,  -- What is counted, a short noun phrase.
    t.place,  -- Named place of the incident that it belongs to.
    t.incident_id,  -- Incident whose consequences it counts.
    t.agreement,  -- Whether the figures of the tally agree.
    t.n_figures,  -- Figures of the tally.
    f.sentence  -- The whole sentence that gives it.
from figures f
join tallies t using (tally_id)
left join documents d on d.doc_id = f.doc_id
left join actors a on a.actor_id = f.source_id
