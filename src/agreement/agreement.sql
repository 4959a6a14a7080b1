-- Who may be named: staff of the school and guardians of the pupil. kind as enum agreement_who.
-- agreement_people(school school_id, pupil pupil_id?) many
SELECT 1 AS kind, CAST(s.id AS BIGINT) AS person FROM staff s WHERE s.school = :school
UNION ALL
SELECT 3 AS kind, CAST(g.guardian AS BIGINT) AS person FROM guardianship g WHERE g.school = :school AND g.pupil = :pupil;

-- Who has to do it is written anew with every change, and stands here as long as it is open.
-- agreement_who_clear(school school_id, agreement agreement_id) exec
DELETE FROM thing_who WHERE school = :school AND thing = :agreement;

-- agreement_who_insert(school school_id, agreement agreement_id, who_kind int, who long) exec
INSERT INTO thing_who (school, thing, who_kind, who) VALUES (:school, :agreement, :who_kind, :who);

-- agreement_check_insert(school school_id, id agreement_check_id, agreement agreement_id, outcome int, author_kind int, author long, body_sealed sealed, at time) exec
INSERT INTO agreement_check (school, id, agreement, outcome, author_kind, author, body_sealed, made_at)
VALUES (:school, :id, :agreement, :outcome, :author_kind, :author, :body_sealed, :at);

-- agreement_check_row(school school_id, id agreement_check_id) one
SELECT c.agreement FROM agreement_check c WHERE c.school = :school AND c.id = :id;

-- agreement_check_rows(school school_id, agreement agreement_id) many
SELECT c.id, c.agreement, c.outcome, c.author_kind, c.author, c.body_sealed, c.made_at
  FROM agreement_check c WHERE c.school = :school AND c.agreement = :agreement ORDER BY c.made_at, c.id;
