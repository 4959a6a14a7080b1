-- What stands, with the last number that was given out.
-- answer_row(school school_id, conversation conversation_id, question text, voice int, person long) one
SELECT a.version, a.author_kind, a.author, a.made_at, a.changed_at, a.body_sealed,
       (SELECT MAX(v.version) FROM answer_version v
         WHERE v.school = a.school AND v.conversation = a.conversation AND v.question = a.question
           AND v.voice = a.voice AND v.person = a.person) AS last_version
  FROM answer a
 WHERE a.school = :school AND a.conversation = :conversation AND a.question = :question
   AND a.voice = :voice AND a.person = :person;

-- answer_insert(school school_id, conversation conversation_id, question text, voice int, person long,
--   dossier dossier_id, author_kind int, author long, body_sealed sealed, at time) exec
INSERT INTO answer (school, conversation, question, voice, person, version, dossier, author_kind, author,
                    body_sealed, made_at, changed_at)
VALUES (:school, :conversation, :question, :voice, :person, 1, :dossier, :author_kind, :author,
        :body_sealed, :at, :at);

-- The version in the WHERE makes sure that nobody wrote in between.
-- answer_update(school school_id, conversation conversation_id, question text, voice int, person long,
--   from_version int, version int, author_kind int, author long, body_sealed sealed, at time) exec
UPDATE answer SET version = :version, author_kind = :author_kind, author = :author,
                  body_sealed = :body_sealed, changed_at = :at
 WHERE school = :school AND conversation = :conversation AND question = :question AND voice = :voice
   AND person = :person AND version = :from_version;

-- answer_version_insert(school school_id, conversation conversation_id, question text, voice int, person long,
--   version int, stood bool, dossier dossier_id, author_kind int, author long, body_sealed sealed, at time) exec
INSERT INTO answer_version (school, conversation, question, voice, person, version, stood, dossier, author_kind, author,
                            body_sealed, made_at)
VALUES (:school, :conversation, :question, :voice, :person, :version, :stood, :dossier, :author_kind, :author,
        :body_sealed, :at);

-- answer_rows(school school_id, conversation conversation_id) many
SELECT a.question, a.voice, a.person, a.version, a.dossier, a.author_kind, a.author, a.made_at, a.changed_at, a.body_sealed,
       d.slot, d.key_wrapped
  FROM answer a
  JOIN dossier d ON d.school = a.school AND d.id = a.dossier
 WHERE a.school = :school AND a.conversation = :conversation
 ORDER BY a.question, a.voice, a.person;

-- answer_rows_of_question(school school_id, conversation conversation_id, question text) many as answer_rows
SELECT a.question, a.voice, a.person, a.version, a.dossier, a.author_kind, a.author, a.made_at, a.changed_at, a.body_sealed,
       d.slot, d.key_wrapped
  FROM answer a
  JOIN dossier d ON d.school = a.school AND d.id = a.dossier
 WHERE a.school = :school AND a.conversation = :conversation AND a.question = :question
 ORDER BY a.voice, a.person;

-- answer_rows_of_dossier(school school_id, conversation conversation_id, dossier dossier_id) many as answer_rows
SELECT a.question, a.voice, a.person, a.version, a.dossier, a.author_kind, a.author, a.made_at, a.changed_at, a.body_sealed,
       d.slot, d.key_wrapped
  FROM answer a
  JOIN dossier d ON d.school = a.school AND d.id = a.dossier
 WHERE a.school = :school AND a.conversation = :conversation AND a.dossier = :dossier
 ORDER BY a.question, a.voice, a.person;

-- Under whose name something stands, and who wrote it.
-- answer_speaker_rows(school school_id, conversation conversation_id) many
SELECT a.person, a.author_kind, a.author FROM answer a
 WHERE a.school = :school AND a.conversation = :conversation
 GROUP BY a.person, a.author_kind, a.author;

-- What two wrote at the same time, and nobody settled yet.
-- answer_beside_rows(school school_id, conversation conversation_id) many as answer_rows
SELECT v.question, v.voice, v.person, v.version, d.id AS dossier, v.author_kind, v.author, v.made_at, v.made_at AS changed_at,
       v.body_sealed, d.slot, d.key_wrapped
  FROM answer_version v
  JOIN dossier d ON d.school = v.school AND d.id = v.dossier
  JOIN answer a ON a.school = v.school AND a.conversation = v.conversation AND a.question = v.question
                AND a.voice = v.voice AND a.person = v.person
 WHERE v.school = :school AND v.conversation = :conversation AND v.stood = 0 AND v.version > a.version
 ORDER BY v.question, v.voice, v.person, v.version DESC;

-- answer_version_rows(school school_id, conversation conversation_id, question text, voice int, person long) many
SELECT v.version, v.stood, v.author_kind, v.author, v.made_at, v.body_sealed
  FROM answer_version v
 WHERE v.school = :school AND v.conversation = :conversation AND v.question = :question
   AND v.voice = :voice AND v.person = :person
 ORDER BY v.version;
