-- A renewed sign-in gives a browser a new session in place of the old one. What the person had begun goes on, bound to
-- the line of sessions: the first one's id. Null: the session is the first of its line.
alter table session add column line_id uuid;

-- The session that asks to be renewed. Its cookie does not travel with a campus's answer, which comes from another site.
alter table sign_in_transaction add column session_id uuid;
