-- One row for each thing that somebody said: speaker, office and country, the words, the article.
select
    q.quote_id,  -- The quote in its article.
    q.doc_id,  -- Article that quotes it.
    q.published_on,  -- Day on which the article was published.
    coalesce(d.outlet, d.credit) as outlet,  -- Who published it, else the agency or author that it credits.
    d.title,  -- Headline of the article.
    coalesce(a.name, q.speaker) as speaker,  -- Who said it: the fullest name, else the words of the article.
    q.speaker_id,  -- Key of who said it.
    a.role,  -- Office or job, the latest that an article gives.
    a.country,  -- Country that the speaker belongs to or acts for, ISO 3166 alpha-3.
    a.sector,  -- Sector of the speaker (PLOVER).
    q.quote_kind,  -- Direct, mixed or indirect.
    q.content,  -- The words.
    q.cue,  -- The word that attributes.
    q.sentence  -- The whole sentence that the quote starts in.
from quotes q
left join documents d using (doc_id)
left join actors a on a.actor_id = q.speaker_id
