-- What was noted about a pupil (what 0; sort: its kind) and what came out of conversations or beside them (what: enum
-- thing_kind), newest first, without opening anything.
-- timeline_rows(school school_id, pupil pupil_id, most int) many
SELECT x.what, x.sort, x.id, x.day_on, x.version, x.state, x.voice, x.author_kind, x.author, x.body_sealed,
       (SELECT d.slot FROM dossier d WHERE d.school = :school AND d.id = CAST(:pupil AS BIGINT)) AS slot,
       (SELECT d.key_wrapped FROM dossier d WHERE d.school = :school AND d.id = CAST(:pupil AS BIGINT)) AS key_wrapped,
       s.profile_sealed AS author_sealed, a.slot AS author_slot, a.key_wrapped AS author_key_wrapped
  FROM (
    SELECT 0 AS what, o.kind AS sort, CAST(o.id AS BIGINT) AS id, o.school AS school, o.seen_on AS day_on, o.made_at AS made_at,
           o.version AS version, 1 AS state, 2 AS voice, 1 AS author_kind, CAST(o.author AS BIGINT) AS author, o.body_sealed AS body_sealed
      FROM observation o
     WHERE o.school = :school AND o.pupil = :pupil AND o.removed_at IS NULL
UNION ALL
    SELECT t.kind AS what, t.sort AS sort, CAST(t.id AS BIGINT) AS id, t.school AS school, t.from_on AS day_on, t.made_at AS made_at,
           t.version AS version, t.state AS state, t.voice AS voice, t.author_kind AS author_kind, t.author AS author, t.body_sealed AS body_sealed
      FROM thing t
     WHERE t.school = :school AND t.dossier = :pupil AND t.pupil IS NOT NULL
  ) x
  LEFT JOIN staff s ON s.school = x.school AND s.id = x.author AND x.author_kind = 1
  LEFT JOIN dossier a ON a.school = s.school AND a.id = s.id
 WHERE x.school = :school
 ORDER BY x.day_on DESC, x.made_at DESC, x.id DESC LIMIT :most;
