-- One row for each thing counted, with its latest figure, whose number that is and the sentence that gives it.
select
    t.tally_id,  -- The thing that is counted.
    t.measure,  -- What became of those counted, or what the unit tells.
    t.counted,  -- What is counted, a short noun phrase.
    t.unit,  -- Unit of its figures.
    t.place,  -- Named place of the incident that it belongs to.
    t.incident_id,  -- Incident whose consequences it counts.
    t.latest_value,  -- Value of the latest figure.
    c.comparator,  -- How the latest figure bounds what it counts.
    c.counted_by,  -- Whose number the latest figure is.
    t.latest_on,  -- Publication of the latest figure.
    t.first_on,  -- Publication of the first figure.
    t.value_low,  -- Least value of its figures.
    t.value_high,  -- Greatest value of its figures.
    t.agreement,  -- Whether its figures agree.
    t.n_figures,  -- Figures that give it.
    t.n_documents,  -- Articles that give it.
    c.doc_id,  -- Article of the latest figure.
    c.sentence  -- The whole sentence of the latest figure.
from tallies t
left join counts c on c.tally_id = t.tally_id and c.published_on is not distinct from t.latest_on
qualify row_number() over (partition by t.tally_id order by c.value is distinct from t.latest_value, c.figure_id) = 1
