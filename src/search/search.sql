-- What a search reads, sealed as it is: it is opened and compared in memory (docs/decisions/0011). Whose a row
-- is, and whether this actor may read it, is asked in search/scope.c, by the rules of access/.

-- Everybody and every group that something can be about. teaches: 1 teacher, 5 support of a group of the active year in
-- which the pupil is now; 0 neither. opened: by emergency access, now.
-- search_owners(school school_id, staff staff_id, now time) many
SELECT d.id, d.kind, d.slot, d.key_wrapped, p.profile_sealed, p.colour, p.symbol, p.left_on, COALESCE(t.role, 0) AS teaches,
       COALESCE(e.opened, 0) AS opened, gd.teaching_group, g.name_sealed
  FROM dossier d
  LEFT JOIN pupil p ON p.school = d.school AND p.id = d.id
  LEFT JOIN (SELECT m.school, m.pupil, MIN(f.role) AS role
               FROM staff_function f
               JOIN teaching_group tg ON tg.school = f.school AND tg.id = f.teaching_group
               JOIN school_year y ON y.school = tg.school AND y.id = tg.school_year
               JOIN pupil_group m ON m.school = f.school AND m.teaching_group = f.teaching_group
              WHERE f.school = :school AND f.staff = :staff AND f.role IN (1, 5) AND y.is_active = 1 AND m.until_on IS NULL
              GROUP BY m.school, m.pupil) t ON t.school = d.school AND t.pupil = d.id
  LEFT JOIN (SELECT em.school, em.pupil, COUNT(em.id) AS opened
               FROM emergency em
              WHERE em.school = :school AND em.staff = :staff AND em.ends_at > :now
              GROUP BY em.school, em.pupil) e ON e.school = d.school AND e.pupil = d.id
  LEFT JOIN group_dossier gd ON gd.school = d.school AND gd.dossier = d.id
  LEFT JOIN teaching_group g ON g.school = gd.school AND g.id = gd.teaching_group
 WHERE d.school = :school AND d.kind IN (1, 4) AND d.key_wrapped IS NOT NULL
 ORDER BY d.id;

-- Conversations by id; of one pupil, or (0) of the whole school. takes_part: this member of staff.
-- search_talks(school school_id, staff long, only long) many
SELECT c.id, c.dossier, c.pupil, c.teaching_group, c.method_version, c.state, c.is_informal, c.planned_on, c.held_on, c.preread,
       c.made_at, c.details_sealed, COALESCE(x.kind, 0) AS takes_part
  FROM conversation c
  LEFT JOIN conversation_person x ON x.school = c.school AND x.conversation = c.id AND x.kind = 1 AND x.person = :staff
 WHERE c.school = :school AND (CAST(:only AS BIGINT) = 0 OR c.pupil = :only)
 ORDER BY c.id;

-- Answers of all conversations from `since` until `until`, both included.
-- search_answers(school school_id, since long, until long) many
SELECT a.conversation, a.question, a.voice, a.person, a.version, a.dossier, a.author_kind, a.author, a.body_sealed
  FROM answer a
 WHERE a.school = :school AND a.conversation >= :since AND a.conversation <= :until
 ORDER BY a.conversation;

-- The same for who reads no whole school: of conversations that may be theirs, so that what is others' is not carried
-- along. What is theirs, search/scope.c says.
-- search_answers_near(school school_id, staff staff_id, since long, until long) many as search_answers
SELECT a.conversation, a.question, a.voice, a.person, a.version, a.dossier, a.author_kind, a.author, a.body_sealed
  FROM answer a
 WHERE a.school = :school AND a.conversation >= :since AND a.conversation <= :until
   AND a.conversation IN
       (SELECT c.id FROM conversation c
         WHERE c.school = :school
           AND (c.pupil IN (SELECT m.pupil FROM staff_function f
                              JOIN pupil_group m ON m.school = f.school AND m.teaching_group = f.teaching_group
                             WHERE f.school = :school AND f.staff = :staff)
                OR c.pupil IN (SELECT e.pupil FROM emergency e WHERE e.school = :school AND e.staff = :staff)
                OR c.teaching_group IN (SELECT f.teaching_group FROM staff_function f WHERE f.school = :school AND f.staff = :staff)
                OR c.id IN (SELECT x.conversation FROM conversation_person x WHERE x.school = :school AND x.kind = 1 AND x.person = :staff)))
 ORDER BY a.conversation;

-- Of the conversations about one pupil.
-- search_answers_of(school school_id, pupil pupil_id) many as search_answers
SELECT a.conversation, a.question, a.voice, a.person, a.version, a.dossier, a.author_kind, a.author, a.body_sealed
  FROM answer a
 WHERE a.school = :school
   AND a.conversation IN (SELECT c.id FROM conversation c WHERE c.school = :school AND c.pupil = :pupil)
 ORDER BY a.conversation;

-- search_observations(school school_id, only long) many
SELECT o.id, o.pupil, o.author, o.seen_on, o.body_sealed
  FROM observation o
 WHERE o.school = :school AND o.removed_at IS NULL AND (CAST(:only AS BIGINT) = 0 OR o.pupil = :only);

-- What came out of conversations. kind: as enum found_kind. sealed_as: the version inside the seal.
-- search_things(school school_id, only long) many
SELECT CASE t.kind WHEN 1 THEN 4 WHEN 2 THEN 6 WHEN 3 THEN 7 ELSE 9 END AS kind, CAST(t.id AS BIGINT) AS thing, CAST(t.id AS BIGINT) AS shown_at,
       CAST(t.dossier AS BIGINT) AS dossier_of, CAST(COALESCE(t.conversation, 0) AS BIGINT) AS talk, CAST(t.version AS BIGINT) AS sealed_as, t.made_at, t.body_sealed
  FROM thing t WHERE t.school = :school AND (CAST(:only AS BIGINT) = 0 OR t.pupil = :only)
UNION ALL
SELECT 5 AS kind, CAST(s.id AS BIGINT) AS thing, CAST(s.goal AS BIGINT) AS shown_at, CAST(g.dossier AS BIGINT) AS dossier_of, CAST(COALESCE(g.conversation, 0) AS BIGINT) AS talk,
       CAST(1 AS BIGINT) AS sealed_as, s.made_at, s.body_sealed
  FROM thing g JOIN goal_step s ON s.school = g.school AND s.goal = g.id
 WHERE g.school = :school AND s.removed_at IS NULL AND (CAST(:only AS BIGINT) = 0 OR g.pupil = :only)
UNION ALL
SELECT 8 AS kind, CAST(k.id AS BIGINT) AS thing, CAST(k.agreement AS BIGINT) AS shown_at, CAST(a.dossier AS BIGINT) AS dossier_of, CAST(COALESCE(a.conversation, 0) AS BIGINT) AS talk,
       CAST(1 AS BIGINT) AS sealed_as, k.made_at, k.body_sealed
  FROM thing a JOIN agreement_check k ON k.school = a.school AND k.agreement = a.id
 WHERE a.school = :school AND (CAST(:only AS BIGINT) = 0 OR a.pupil = :only)
UNION ALL
SELECT 10 AS kind, CAST(o.id AS BIGINT) AS thing, CAST(o.id AS BIGINT) AS shown_at, CAST(o.pupil AS BIGINT) AS dossier_of, CAST(0 AS BIGINT) AS talk,
       CAST(o.version AS BIGINT) AS sealed_as, o.made_at, o.body_sealed
  FROM opp_moment o WHERE o.school = :school AND o.removed_at IS NULL AND (CAST(:only AS BIGINT) = 0 OR o.pupil = :only);

-- search_notes(school school_id, staff staff_id, only long, today date) many
SELECT n.id, n.pupil, n.made_at, n.body_sealed
  FROM working_note n
 WHERE n.school = :school AND n.author = :staff AND n.ends_on >= :today AND (CAST(:only AS BIGINT) = 0 OR n.pupil = :only);
