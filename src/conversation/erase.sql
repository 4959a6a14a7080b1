-- What goes when a pupil is erased, children before parents. The key goes as well (person/dossier.h);
-- this takes away that there was anything.
-- erase_agreement_checks(school school_id, dossier dossier_id) exec
DELETE FROM agreement_check WHERE school = :school
   AND agreement IN (SELECT a.id FROM thing a WHERE a.school = :school AND a.dossier = :dossier);

-- erase_goal_steps(school school_id, dossier dossier_id) exec
DELETE FROM goal_step WHERE school = :school
   AND goal IN (SELECT g.id FROM thing g WHERE g.school = :school AND g.dossier = :dossier);

-- erase_thing_who(school school_id, dossier dossier_id) exec
DELETE FROM thing_who WHERE school = :school
   AND thing IN (SELECT t.id FROM thing t WHERE t.school = :school AND t.dossier = :dossier);

-- erase_thing_versions(school school_id, dossier dossier_id) exec
DELETE FROM thing_version WHERE school = :school
   AND thing IN (SELECT t.id FROM thing t WHERE t.school = :school AND t.dossier = :dossier);

-- erase_things(school school_id, dossier dossier_id) exec
DELETE FROM thing WHERE school = :school AND dossier = :dossier;

-- erase_sharing(school school_id, pupil pupil_id) exec
DELETE FROM sharing WHERE school = :school AND pupil = :pupil;

-- erase_sharing_exceptions(school school_id, pupil pupil_id) exec
DELETE FROM sharing_exception WHERE school = :school AND pupil = :pupil;

-- erase_talk_wishes(school school_id, pupil pupil_id) exec
DELETE FROM talk_wish WHERE school = :school AND pupil = :pupil;

-- Found by the answers they are of: an index of their own would cost every answer that is kept a page to write.
-- erase_answer_versions(school school_id, dossier dossier_id) exec
DELETE FROM answer_version WHERE school = :school AND dossier = :dossier
   AND (conversation, question, voice, person) IN
       (SELECT a.conversation, a.question, a.voice, a.person FROM answer a WHERE a.school = :school AND a.dossier = :dossier);

-- erase_answers(school school_id, dossier dossier_id) exec
DELETE FROM answer WHERE school = :school AND dossier = :dossier;

-- erase_attachments(school school_id, dossier dossier_id) exec
DELETE FROM attachment WHERE school = :school AND dossier = :dossier;

-- erase_listening(school school_id, pupil pupil_id) exec
DELETE FROM listening WHERE school = :school
   AND conversation IN (SELECT c.id FROM conversation c WHERE c.school = :school AND c.pupil = :pupil);

-- erase_moments(school school_id, pupil pupil_id) exec
DELETE FROM conversation_moment WHERE school = :school
   AND conversation IN (SELECT c.id FROM conversation c WHERE c.school = :school AND c.pupil = :pupil);

-- erase_people(school school_id, pupil pupil_id) exec
DELETE FROM conversation_person WHERE school = :school
   AND conversation IN (SELECT c.id FROM conversation c WHERE c.school = :school AND c.pupil = :pupil);

-- erase_taking_part(school school_id, person long) exec
DELETE FROM conversation_person WHERE school = :school AND kind = 2 AND person = :person;

-- erase_links(school school_id, pupil pupil_id) exec
DELETE FROM visit_link WHERE at_school = :school
   AND of_conversation IN (SELECT c.id FROM conversation c WHERE c.school = :school AND c.pupil = :pupil);

-- erase_conversations(school school_id, pupil pupil_id) exec
DELETE FROM conversation WHERE school = :school AND pupil = :pupil;
