-- thing_conversation(school school_id, conversation conversation_id) one
SELECT c.pupil, c.teaching_group, c.dossier FROM conversation c WHERE c.school = :school AND c.id = :conversation;
