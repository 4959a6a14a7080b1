-- What conversations left in a dossier; without a right, as export.sql.

-- export_conversations(school school_id, pupil pupil_id) many
SELECT c.id, v.method_key, v.version AS method_version_number, c.method_version, c.leader, c.state, c.is_informal, c.planned_on, c.planned_minute,
       c.held_on, c.look_on, c.made_at, c.closed_at, c.details_sealed
  FROM conversation c JOIN method_version v ON v.school = c.school AND v.id = c.method_version
 WHERE c.school = :school AND c.pupil = :pupil ORDER BY COALESCE(c.held_on, c.planned_on, '9999-12-31'), c.made_at, c.id;

-- export_moments(school school_id, pupil pupil_id) many
SELECT m.conversation, m.state, m.planned_on, m.planned_minute, m.changed_by, m.reason_sealed, m.made_at
  FROM conversation_moment m JOIN conversation c ON c.school = m.school AND c.id = m.conversation
 WHERE m.school = :school AND c.pupil = :pupil ORDER BY m.conversation, m.version;

-- export_people(school school_id, pupil pupil_id) many
SELECT p.conversation, p.kind, p.person, p.name_sealed, p.prepared_at
  FROM conversation_person p JOIN conversation c ON c.school = p.school AND c.id = p.conversation
 WHERE p.school = :school AND c.pupil = :pupil ORDER BY p.conversation, p.kind, p.person;

-- export_attachments(school school_id, dossier dossier_id) many
SELECT a.id, a.conversation, a.content_type, a.size, a.made_by_kind, a.made_by, a.made_at, a.body_sealed, a.name_sealed
  FROM attachment a WHERE a.school = :school AND a.dossier = :dossier AND a.removed_at IS NULL ORDER BY a.made_at, a.id;

-- export_goals(school school_id, pupil pupil_id) many
SELECT g.id, g.conversation, g.part_of, g.voice, g.state, g.look_on, g.ended_on, g.celebrated_at, g.made_at
  FROM goal g WHERE g.school = :school AND g.pupil = :pupil ORDER BY g.made_at, g.id;

-- export_goal_versions(school school_id, pupil pupil_id) many
SELECT CAST(v.goal AS BIGINT) AS thing, v.version, v.state, v.author_kind, v.author, v.body_sealed, v.made_at
  FROM goal_version v JOIN goal g ON g.school = v.school AND g.id = v.goal
 WHERE v.school = :school AND g.pupil = :pupil ORDER BY v.goal, v.version;

-- export_goal_steps(school school_id, pupil pupil_id) many
SELECT s.id, s.goal, s.kind, s.place, s.due_on, s.done_on, s.attachment, s.author_kind, s.author, s.body_sealed, s.made_at
  FROM goal_step s JOIN goal g ON g.school = s.school AND g.id = s.goal
 WHERE s.school = :school AND g.pupil = :pupil AND s.removed_at IS NULL ORDER BY s.goal, s.made_at, s.id;

-- export_needs(school school_id, pupil pupil_id) many
SELECT n.id, n.conversation, n.goal, n.kind, n.voice, n.state, n.review_on, n.made_at
  FROM need n WHERE n.school = :school AND n.pupil = :pupil ORDER BY n.made_at, n.id;

-- export_need_versions(school school_id, pupil pupil_id) many as export_goal_versions
SELECT CAST(v.need AS BIGINT) AS thing, v.version, v.state, v.author_kind, v.author, v.body_sealed, v.made_at
  FROM need_version v JOIN need n ON n.school = v.school AND n.id = v.need
 WHERE v.school = :school AND n.pupil = :pupil ORDER BY v.need, v.version;

-- export_agreements(school school_id, dossier dossier_id) many
SELECT a.id, a.conversation, a.goal, a.became, a.who_kind, a.state, a.due_on, a.look_on, a.ended_on, a.celebrated_at, a.made_at
  FROM agreement a WHERE a.school = :school AND a.dossier = :dossier ORDER BY a.made_at, a.id;

-- export_agreement_versions(school school_id, dossier dossier_id) many as export_goal_versions
SELECT CAST(v.agreement AS BIGINT) AS thing, v.version, v.state, v.author_kind, v.author, v.body_sealed, v.made_at
  FROM agreement_version v JOIN agreement a ON a.school = v.school AND a.id = v.agreement
 WHERE v.school = :school AND a.dossier = :dossier ORDER BY v.agreement, v.version;

-- export_agreement_checks(school school_id, dossier dossier_id) many
SELECT c.id, c.agreement, c.outcome, c.author_kind, c.author, c.body_sealed, c.made_at
  FROM agreement_check c JOIN agreement a ON a.school = c.school AND a.id = c.agreement
 WHERE c.school = :school AND a.dossier = :dossier ORDER BY c.agreement, c.made_at, c.id;

-- export_plans(school school_id, pupil pupil_id) many
SELECT p.id, p.conversation, p.goal, p.state, p.from_on, p.look_on, p.evaluated_on, p.made_at
  FROM child_plan p WHERE p.school = :school AND p.pupil = :pupil ORDER BY p.made_at, p.id;

-- export_plan_versions(school school_id, pupil pupil_id) many as export_goal_versions
SELECT CAST(v.plan AS BIGINT) AS thing, v.version, v.state, v.author_kind, v.author, v.body_sealed, v.made_at
  FROM child_plan_version v JOIN child_plan p ON p.school = v.school AND p.id = v.plan
 WHERE v.school = :school AND p.pupil = :pupil ORDER BY v.plan, v.version;

-- export_sharing(school school_id, pupil pupil_id) many
SELECT s.id, s.thing_kind, s.thing, s.question, s.voice, s.reader_kind, s.reader, s.decision, s.decided_kind, s.decided_by, s.body_sealed,
       s.made_at, s.ends_on
  FROM sharing s WHERE s.school = :school AND s.pupil = :pupil ORDER BY s.made_at, s.id;

-- export_sharing_exceptions(school school_id, pupil pupil_id) many
SELECT e.id, e.conversation, e.made_by, e.body_sealed, e.told_on, e.made_at
  FROM sharing_exception e WHERE e.school = :school AND e.pupil = :pupil ORDER BY e.made_at, e.id;

-- export_opp(school school_id, pupil pupil_id) many
SELECT o.id, o.conversation, o.kind, o.moment_on, o.heard, o.way, o.heard_on, o.told_on, o.made_at, o.removed_at
  FROM opp_moment o WHERE o.school = :school AND o.pupil = :pupil ORDER BY o.moment_on, o.made_at, o.id;

-- export_opp_versions(school school_id, pupil pupil_id) many
SELECT v.opp_moment, v.version, v.author, v.body_sealed, v.made_at
  FROM opp_moment_version v JOIN opp_moment o ON o.school = v.school AND o.id = v.opp_moment
 WHERE v.school = :school AND o.pupil = :pupil ORDER BY v.opp_moment, v.version;
