-- What conversations left in a dossier; without a right, as export.sql.

-- export_conversations(school school_id, pupil pupil_id) many
SELECT c.id, v.method_key, v.version AS method_version_number, c.method_version, c.leader, c.state, c.is_informal, c.planned_on, c.planned_minute,
       c.held_on, c.look_on, c.made_at, c.closed_at, c.details_sealed
  FROM conversation c JOIN method_version v ON v.school = c.school AND v.id = c.method_version
 WHERE c.school = :school AND c.pupil = :pupil ORDER BY COALESCE(c.held_on, c.planned_on, '9999-12-31'), c.made_at, c.id;

-- Of a group as a whole.
-- export_conversations_of_group(school school_id, teaching_group group_id) many as export_conversations
SELECT c.id, v.method_key, v.version AS method_version_number, c.method_version, c.leader, c.state, c.is_informal, c.planned_on, c.planned_minute,
       c.held_on, c.look_on, c.made_at, c.closed_at, c.details_sealed
  FROM conversation c JOIN method_version v ON v.school = c.school AND v.id = c.method_version
 WHERE c.school = :school AND c.teaching_group = :teaching_group ORDER BY COALESCE(c.held_on, c.planned_on, '9999-12-31'), c.made_at, c.id;

-- Of a group, in which the pupil takes part: when and what, without what the group planned and said.
-- export_group_conversations(school school_id, pupil long) many
SELECT c.id, v.method_key, v.version AS method_version_number, c.method_version, c.teaching_group, c.leader, c.state, c.held_on, p.prepared_at,
       c.made_at, c.closed_at
  FROM conversation_person p
  JOIN conversation c ON c.school = p.school AND c.id = p.conversation
  JOIN method_version v ON v.school = c.school AND v.id = c.method_version
 WHERE p.school = :school AND p.person = :pupil AND p.kind = 2 AND p.part = 2 ORDER BY c.made_at, c.id;

-- export_moments(school school_id, pupil pupil_id) many
SELECT m.conversation, m.state, m.planned_on, m.planned_minute, m.changed_by, m.reason_sealed, m.made_at
  FROM conversation_moment m JOIN conversation c ON c.school = m.school AND c.id = m.conversation
 WHERE m.school = :school AND c.pupil = :pupil ORDER BY m.conversation, m.version;

-- export_moments_of_group(school school_id, teaching_group group_id) many as export_moments
SELECT m.conversation, m.state, m.planned_on, m.planned_minute, m.changed_by, m.reason_sealed, m.made_at
  FROM conversation_moment m JOIN conversation c ON c.school = m.school AND c.id = m.conversation
 WHERE m.school = :school AND c.teaching_group = :teaching_group ORDER BY m.conversation, m.version;

-- export_people(school school_id, pupil pupil_id) many
SELECT p.conversation, p.kind, p.person, p.name_sealed, p.address_sealed, p.prepared_at
  FROM conversation_person p JOIN conversation c ON c.school = p.school AND c.id = p.conversation
 WHERE p.school = :school AND c.pupil = :pupil ORDER BY p.conversation, p.kind, p.person;

-- export_people_of_group(school school_id, teaching_group group_id) many as export_people
SELECT p.conversation, p.kind, p.person, p.name_sealed, p.address_sealed, p.prepared_at
  FROM conversation_person p JOIN conversation c ON c.school = p.school AND c.id = p.conversation
 WHERE p.school = :school AND c.teaching_group = :teaching_group ORDER BY p.conversation, p.kind, p.person;

-- export_attachments(school school_id, dossier dossier_id) many
SELECT a.id, a.conversation, a.content_type, a.size, a.made_by_kind, a.made_by, a.made_at, a.body_sealed, a.name_sealed
  FROM attachment a WHERE a.school = :school AND a.dossier = :dossier AND a.removed_at IS NULL ORDER BY a.made_at, a.id;

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
