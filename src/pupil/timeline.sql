-- What was noted about a pupil (what 0; sort: its kind) and what came out of conversations or beside them (what: enum
-- thing_kind), without opening anything; and, once each, who wrote that (what 9: id, profile and key of one of the staff).
-- In no order.
-- timeline_rows(school school_id, pupil pupil_id, most int) many
SELECT 0 AS what, o.kind AS sort, CAST(o.id AS BIGINT) AS id, o.seen_on AS day_on, o.made_at AS made_at, o.version AS version,
       1 AS state, 2 AS voice, 1 AS author_kind, CAST(o.author AS BIGINT) AS author, o.body_sealed AS body_sealed,
       (SELECT d.slot FROM dossier d WHERE d.school = :school AND d.id = CAST(:pupil AS BIGINT)) AS slot,
       (SELECT d.key_wrapped FROM dossier d WHERE d.school = :school AND d.id = CAST(:pupil AS BIGINT)) AS key_wrapped
  FROM observation o
 WHERE o.school = :school AND o.pupil = :pupil AND o.removed_at IS NULL
UNION ALL
SELECT t.kind AS what, t.sort AS sort, CAST(t.id AS BIGINT) AS id, t.from_on AS day_on, t.made_at AS made_at, t.version AS version,
       t.state AS state, t.voice AS voice, t.author_kind AS author_kind, t.author AS author, t.body_sealed AS body_sealed,
       (SELECT d.slot FROM dossier d WHERE d.school = :school AND d.id = CAST(:pupil AS BIGINT)) AS slot,
       (SELECT d.key_wrapped FROM dossier d WHERE d.school = :school AND d.id = CAST(:pupil AS BIGINT)) AS key_wrapped
  FROM thing t
 WHERE t.school = :school AND t.dossier = :pupil AND t.pupil IS NOT NULL
UNION ALL
SELECT 9 AS what, 0 AS sort, CAST(s.id AS BIGINT) AS id, NULL AS day_on, s.changed_at AS made_at, 0 AS version,
       0 AS state, 0 AS voice, 1 AS author_kind, CAST(s.id AS BIGINT) AS author, s.profile_sealed AS body_sealed,
       a.slot AS slot, a.key_wrapped AS key_wrapped
  FROM (SELECT CAST(o.author AS BIGINT) AS author FROM observation o WHERE o.school = :school AND o.pupil = :pupil
UNION
        SELECT t.author AS author FROM thing t WHERE t.school = :school AND t.dossier = :pupil AND t.author_kind = 1) x
 CROSS JOIN staff s
 CROSS JOIN dossier a
 WHERE s.school = :school AND s.id = x.author AND a.school = s.school AND a.id = s.id
 LIMIT :most;
