SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.command (
    principal text NOT NULL,
    key text NOT NULL,
    digest bytea NOT NULL,
    status integer,
    answer jsonb,
    recorded_at timestamp with time zone NOT NULL
);
CREATE TABLE public.course (
    course text NOT NULL,
    provider text NOT NULL,
    title_en text NOT NULL,
    title_km text NOT NULL,
    occupation text,
    skills jsonb DEFAULT '[]'::jsonb NOT NULL,
    seats integer NOT NULL,
    taken integer DEFAULT 0 NOT NULL,
    starts date,
    closed boolean DEFAULT false NOT NULL,
    CONSTRAINT course_check CHECK (((taken >= 0) AND (taken <= seats))),
    CONSTRAINT course_seats_check CHECK ((seats > 0))
)
WITH (fillfactor='50');
CREATE TABLE public.inbox (
    consumer text NOT NULL,
    id uuid NOT NULL,
    batch bigint NOT NULL,
    place integer NOT NULL
);
CREATE SEQUENCE public.inbox_batch
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
CREATE TABLE public.ledger (
    "position" bigint NOT NULL,
    id uuid NOT NULL,
    topic text NOT NULL,
    type text NOT NULL,
    subject uuid NOT NULL,
    sequence bigint NOT NULL,
    caseid uuid,
    "time" timestamp with time zone NOT NULL,
    correlationid uuid NOT NULL,
    causationid uuid,
    traceparent text,
    data text NOT NULL
);
ALTER TABLE public.ledger ALTER COLUMN "position" ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.ledger_position_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.parked (
    number bigint NOT NULL,
    consumer text NOT NULL,
    id uuid,
    owner text NOT NULL,
    subject uuid,
    sequence bigint,
    type text,
    reason text NOT NULL,
    detail text NOT NULL,
    topic text NOT NULL,
    partition integer NOT NULL,
    "offset" bigint NOT NULL,
    digest bytea NOT NULL,
    key bytea,
    headers jsonb NOT NULL,
    value bytea,
    state text DEFAULT 'waiting'::text NOT NULL,
    parked_at timestamp with time zone NOT NULL,
    settled_at timestamp with time zone,
    settled_by text,
    settled_why text,
    CONSTRAINT parked_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'replayed'::text, 'dropped'::text])))
);
ALTER TABLE public.parked ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.parked_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.referral (
    code text NOT NULL,
    referral uuid,
    person uuid,
    caseid uuid,
    kind text,
    provider text,
    course text,
    occupation text,
    state text DEFAULT 'unheard'::text NOT NULL,
    skills jsonb DEFAULT '[]'::jsonb NOT NULL,
    outcome jsonb,
    waiting boolean GENERATED ALWAYS AS (((outcome IS NOT NULL) AND (state <> 'completed'::text))) STORED NOT NULL
)
WITH (fillfactor='50');
CREATE TABLE public.subject (
    subject uuid NOT NULL,
    sequence bigint DEFAULT 0 NOT NULL,
    parked boolean DEFAULT false NOT NULL
)
WITH (fillfactor='70');
CREATE TABLE public.timer (
    number bigint NOT NULL,
    name text NOT NULL,
    subject uuid NOT NULL,
    due_at timestamp with time zone NOT NULL,
    caseid uuid,
    correlationid uuid NOT NULL,
    causationid uuid,
    traceparent text,
    attempts integer DEFAULT 0 NOT NULL,
    data jsonb NOT NULL
);
ALTER TABLE public.timer ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.timer_number_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.unsent (
    "position" bigint NOT NULL
)
WITH (autovacuum_vacuum_scale_factor='0', autovacuum_vacuum_threshold='5000', autovacuum_vacuum_cost_delay='0');
INSERT INTO public.alembic_version VALUES
	('0001');
INSERT INTO public.command VALUES
	('operator', '3ef63d63878d40aabcde2b3f8783f368', '\x54eb57d4720ec705b639efdc0348f3810343354e47f4623b31eaeb6c310fdf5a', 200, '{"rows": [{"ids": {"course": "vegetables-c"}, "line": 1, "status": "accepted"}]}', '2026-11-25 02:54:02.219292+00'),
	('assessor', '0f8f749935d746a4b457782655f324aa', '\x0b4bf7d5eb0792f4556eaa3571f19e93e74820fd189a6fb300bf933d79a884a8', 200, '{"ids": {"referral": "8a22efd9-7404-5cf9-ae20-037490e26057"}, "status": "recognised"}', '2026-11-25 02:54:03.50496+00'),
	('assessor', '95deb9d41234408a98363a19b883c783', '\x1dc2c31269e7fdbf666389cd6085ce284ab49c9d4aff2a2e9f7c0fda41832227', 200, '{"ids": {"referral": "15c80258-e804-55d7-afa5-b2157c3c01a7"}, "status": "recognised"}', '2026-11-25 02:54:03.50222+00'),
	('provider-c', '67d56cb2d78449f684fc1c3cddf7e217-0', '\xa8dba8e0c8aa1c2f07f67216c6684c01fc8cfa5da8a2d8d29d94395c6381ab66', 200, '{"rows": [{"ids": {"referral": "9b62dfaa-0d02-5ae9-9149-955970491afd"}, "line": 2, "status": "accepted"}]}', '2026-11-25 02:54:03.569806+00');
INSERT INTO public.course VALUES
	('vegetables-c', 'provider-c', 'Growing vegetables', 'ដាំបន្លែ', '6111', '["vegetable-growing", "drip-irrigation"]', 4, 2, '2026-11-25', false);
INSERT INTO public.inbox VALUES
	('training', '01a2109f-deab-7423-a1b6-214c5ebb4fd5', 1, 0),
	('training', '01a2109f-deab-7423-a1b6-214d00ab88fc', 1, 1),
	('training', '01a2109f-deaa-7186-8307-64bbc10568dc', 2, 0),
	('training', '01a2109f-deaa-7186-8307-64bc615d31c4', 2, 1),
	('training', '01a2109f-deaa-7186-8307-64c76f402b42', 2, 2),
	('training', '01a2109f-deaa-7186-8307-64c8c1c6306b', 2, 3),
	('training', '01a2109f-deab-7423-a1b6-2128ba5eeca9', 2, 6),
	('training', '01a2109f-deab-7423-a1b6-21295825e1da', 2, 7),
	('training', '01a2109f-deab-7423-a1b6-213458400f47', 2, 8),
	('training', '01a2109f-deab-7423-a1b6-21350461289b', 2, 9),
	('training', '01a2109f-deab-7423-a1b6-214005b8dee6', 2, 4),
	('training', '01a2109f-deab-7423-a1b6-21411bcd0de9', 2, 5),
	('training', '01a2109f-deac-72ea-a6dd-fba567347f55', 2, 10),
	('training', '01a2109f-deac-72ea-a6dd-fba621121d7a', 2, 11),
	('training', '01a2109f-df3f-70af-8909-c77052362660', 3, 0),
	('training', '01a2109f-df3f-70af-8909-c7714cf0f1db', 3, 1),
	('training', '01a2109f-e21b-72df-a95a-16bcf9c6b47f', 4, 0),
	('training', '01a2109f-e21b-72df-a95a-16bd73eaac93', 4, 1),
	('training', '01a2109f-e241-708f-a483-86476ded580e', 5, 0),
	('training', '01a2109f-e292-709a-b457-08900476ec8a', 6, 0),
	('training', '01a2109f-e2c6-7659-befc-477a212f5c65', 7, 0),
	('training', '01a2109f-e570-71d6-8577-afcb0a23f921', 8, 0),
	('training', '01a2109f-e5ae-7099-a1f9-ea3b9087398a', 9, 0),
	('training', '01a2109f-ed60-74bf-bf4b-63ee02f4caf9', 10, 0),
	('training', '01a2109f-ed60-74bf-bf4b-63ef871e448c', 10, 1);
INSERT INTO public.ledger OVERRIDING SYSTEM VALUE VALUES
	(1, '01a2109f-dfb2-74d3-89f7-6ea0d58af47b', 'training', 'reintegration.training.seat-reserved.v1', '01a2109f-de6b-75be-a7ea-d1e744816c40', 1, '01a2109f-de6b-75be-a7ea-d1e80d0e3987', '2026-11-25 02:54:02.668352+00', '01a2109f-deaa-7186-8307-64b173a621a5', '01a2109f-deaa-7186-8307-64bbc10568dc', '00-01a2109fdeaa7186830764b173a621a5-89f76ea0d58af47b-01', '{"referral":"5944e64f-81e3-57b2-b857-ab52b616efdd","code":"1480-0605-4462","course":"vegetables-c","provider":"provider-c","starts":"2026-11-25"}'),
	(2, '01a2109f-dfb2-74d3-89f7-6ea188929d5e', 'training', 'reintegration.training.seat-reserved.v1', '01a2109f-de6b-75be-a7ea-d1ef1c9e5edc', 1, '01a2109f-de6b-75be-a7ea-d1f0d323d9f1', '2026-11-25 02:54:02.668352+00', '01a2109f-deab-7423-a1b6-2136f573ce5a', '01a2109f-deab-7423-a1b6-214005b8dee6', '00-01a2109fdeab7423a1b62136f573ce5a-89f76ea188929d5e-01', '{"referral":"05507489-1e4b-56ca-9a79-ecbf3f751480","code":"7018-5339-4971","course":"vegetables-c","provider":"provider-c","starts":"2026-11-25"}'),
	(3, '01a2109f-dfb2-74d3-89f7-6ea2ac9cff19', 'training', 'reintegration.training.seat-reserved.v1', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', 1, '01a2109f-de6b-75be-a7ea-d1eccc674f2b', '2026-11-25 02:54:02.668352+00', '01a2109f-deab-7423-a1b6-211ea3d9a365', '01a2109f-deab-7423-a1b6-2128ba5eeca9', '00-01a2109fdeab7423a1b6211ea3d9a365-89f76ea2ac9cff19-01', '{"referral":"9b62dfaa-0d02-5ae9-9149-955970491afd","code":"4118-6997-2625","course":"vegetables-c","provider":"provider-c","starts":"2026-11-25"}'),
	(4, '01a2109f-dfb2-74d3-89f7-6ea39f242dc5', 'training', 'reintegration.training.seat-reserved.v1', '01a2109f-de6b-75be-a7ea-d1edddc05837', 1, '01a2109f-de6b-75be-a7ea-d1ee0310fc47', '2026-11-25 02:54:02.668352+00', '01a2109f-deab-7423-a1b6-212a04cd69c0', '01a2109f-deab-7423-a1b6-213458400f47', '00-01a2109fdeab7423a1b6212a04cd69c0-89f76ea39f242dc5-01', '{"referral":"fa1ec0ec-7560-5b0b-8fa1-2d9c9588a199","code":"5020-2831-3917","course":"vegetables-c","provider":"provider-c","starts":"2026-11-25"}'),
	(5, '01a2109f-dfb3-71d0-84c7-46b06f4e65db', 'training', 'reintegration.training.seat-refused.v1', '01a2109f-de6b-75be-a7ea-d1f352c2cd93', 1, '01a2109f-de6b-75be-a7ea-d1f4e6b9fe6f', '2026-11-25 02:54:02.668352+00', '01a2109f-deac-72ea-a6dd-fb9b75358679', '01a2109f-deac-72ea-a6dd-fba567347f55', '00-01a2109fdeac72eaa6ddfb9b75358679-84c746b06f4e65db-01', '{"referral":"4bc93812-2f1c-5e85-b8d6-575aebf2a81a","code":"8272-6871-4360","course":"vegetables-c","provider":"provider-c","reason":"full"}'),
	(6, '01a2109f-e031-7706-bd62-13f8c0ef83cc', 'training', 'reintegration.training.seat-refused.v1', '01a2109f-df20-7382-a953-d425efec716c', 1, '01a2109f-df20-7382-a953-d426b6e6eed9', '2026-11-25 02:54:02.793583+00', '01a2109f-df3f-70af-8909-c76632e0500b', '01a2109f-df3f-70af-8909-c77052362660', '00-01a2109fdf3f70af8909c76632e0500b-bd6213f8c0ef83cc-01', '{"referral":"22e92af5-ec0a-5b96-b6ea-4f4a2805b10f","code":"7640-6272-8369","course":"vegetables-c","provider":"provider-c","reason":"full"}'),
	(7, '01a2109f-e309-75bd-87fb-92a178b0af0a', 'training', 'reintegration.training.prior-learning-decided.v1', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 1, '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', '2026-11-25 02:54:03.50496+00', '01a2109f-e2ee-71cb-9941-90b1449553e5', NULL, '00-01a2109fe2ee71cb994190b1449553e5-87fb92a178b0af0a-01', '{"application":"8a22efd9-7404-5cf9-ae20-037490e26057","referral":"8a22efd9-7404-5cf9-ae20-037490e26057","code":"7787-9962-8745","occupation":"6112","decision":"recognised","skills":["rice-growing","vegetable-growing","pig-raising"],"gaps":[]}'),
	(8, '01a2109f-e309-75bd-87fb-92a28fe2623a', 'training', 'reintegration.training.skills-recognised.v1', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 2, '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', '2026-11-25 02:54:03.50496+00', '01a2109f-e2ee-71cb-9941-90b1449553e5', '01a2109f-e309-75bd-87fb-92a178b0af0a', '00-01a2109fe2ee71cb994190b1449553e5-87fb92a28fe2623a-01', '{"skills":["rice-growing","vegetable-growing","pig-raising"],"via":"prior-learning","evidence":"8a22efd9-7404-5cf9-ae20-037490e26057"}'),
	(9, '01a2109f-e315-749a-9b1d-288b43c772a1', 'training', 'reintegration.training.prior-learning-decided.v1', '01a2109f-de6b-75be-a7ea-d1e9703ab29d', 1, '01a2109f-de6b-75be-a7ea-d1ea223fb066', '2026-11-25 02:54:03.50222+00', '01a2109f-e2e8-71ca-9855-b0af895f34b5', NULL, '00-01a2109fe2e871ca9855b0af895f34b5-9b1d288b43c772a1-01', '{"application":"15c80258-e804-55d7-afa5-b2157c3c01a7","referral":"15c80258-e804-55d7-afa5-b2157c3c01a7","code":"3043-4048-9347","occupation":"6112","decision":"recognised","skills":["compost-making","rubber-tapping","harvesting"],"gaps":[]}'),
	(10, '01a2109f-e315-749a-9b1d-288c81a08486', 'training', 'reintegration.training.skills-recognised.v1', '01a2109f-de6b-75be-a7ea-d1e9703ab29d', 2, '01a2109f-de6b-75be-a7ea-d1ea223fb066', '2026-11-25 02:54:03.50222+00', '01a2109f-e2e8-71ca-9855-b0af895f34b5', '01a2109f-e315-749a-9b1d-288b43c772a1', '00-01a2109fe2e871ca9855b0af895f34b5-9b1d288c81a08486-01', '{"skills":["compost-making","rubber-tapping","harvesting"],"via":"prior-learning","evidence":"15c80258-e804-55d7-afa5-b2157c3c01a7"}'),
	(11, '01a2109f-e364-710c-b3b6-46de78d7ecd5', 'training', 'reintegration.training.completion-recorded.v1', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', 2, '01a2109f-de6b-75be-a7ea-d1eccc674f2b', '2026-11-25 02:54:03.569806+00', '01a2109f-e329-70f1-8929-223bd8f8a8df', NULL, '00-01a2109fe32970f18929223bd8f8a8df-b3b646de78d7ecd5-01', '{"referral":"9b62dfaa-0d02-5ae9-9149-955970491afd","code":"4118-6997-2625","course":"vegetables-c","provider":"provider-c","completed_on":"2026-11-25","result":"passed"}'),
	(12, '01a2109f-e364-710c-b3b6-46df2a91c96c', 'training', 'reintegration.training.skills-recognised.v1', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', 3, '01a2109f-de6b-75be-a7ea-d1eccc674f2b', '2026-11-25 02:54:03.569806+00', '01a2109f-e329-70f1-8929-223bd8f8a8df', '01a2109f-e364-710c-b3b6-46de78d7ecd5', '00-01a2109fe32970f18929223bd8f8a8df-b3b646df2a91c96c-01', '{"skills":["drip-irrigation","vegetable-growing"],"via":"completion","evidence":"9b62dfaa-0d02-5ae9-9149-955970491afd"}'),
	(13, '01a2109f-ed86-72bd-85a5-f58e5560e4a3', 'training', 'reintegration.training.seat-reserved.v1', '01a2109f-ed58-770e-bf2f-f161c93dcc87', 1, '01a2109f-ed58-770e-bf2f-f16232a86871', '2026-11-25 02:54:06.212768+00', '01a2109f-ed60-74bf-bf4b-63e43b94f10d', '01a2109f-ed60-74bf-bf4b-63ee02f4caf9', '00-01a2109fed6074bfbf4b63e43b94f10d-85a5f58e5560e4a3-01', '{"referral":"ad75f0fd-2e55-50b6-a9a5-562dfd8a368b","code":"1208-8753-5154","course":"vegetables-c","provider":"provider-c","starts":"2026-11-25"}');
INSERT INTO public.referral VALUES
	('8272-6871-4360', '4bc93812-2f1c-5e85-b8d6-575aebf2a81a', '01a2109f-de6b-75be-a7ea-d1f352c2cd93', '01a2109f-de6b-75be-a7ea-d1f4e6b9fe6f', 'course', 'provider-c', 'vegetables-c', NULL, 'refused', '[]', NULL, DEFAULT),
	('7640-6272-8369', '22e92af5-ec0a-5b96-b6ea-4f4a2805b10f', '01a2109f-df20-7382-a953-d425efec716c', '01a2109f-df20-7382-a953-d426b6e6eed9', 'course', 'provider-c', 'vegetables-c', NULL, 'refused', '[]', NULL, DEFAULT),
	('1480-0605-4462', '5944e64f-81e3-57b2-b857-ab52b616efdd', '01a2109f-de6b-75be-a7ea-d1e744816c40', '01a2109f-de6b-75be-a7ea-d1e80d0e3987', 'course', 'provider-c', 'vegetables-c', NULL, 'withdrawn', '[]', NULL, DEFAULT),
	('5020-2831-3917', 'fa1ec0ec-7560-5b0b-8fa1-2d9c9588a199', '01a2109f-de6b-75be-a7ea-d1edddc05837', '01a2109f-de6b-75be-a7ea-d1ee0310fc47', 'course', 'provider-c', 'vegetables-c', NULL, 'withdrawn', '[]', NULL, DEFAULT),
	('7018-5339-4971', '05507489-1e4b-56ca-9a79-ecbf3f751480', '01a2109f-de6b-75be-a7ea-d1ef1c9e5edc', '01a2109f-de6b-75be-a7ea-d1f0d323d9f1', 'course', 'provider-c', 'vegetables-c', NULL, 'withdrawn', '[]', NULL, DEFAULT),
	('7787-9962-8745', '8a22efd9-7404-5cf9-ae20-037490e26057', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', 'prior-learning', 'provider-c', NULL, '6112', 'completed', '["rice-growing", "vegetable-growing", "pig-raising"]', '{"gaps": [], "result": "recognised", "competent": ["pig-raising", "rice-growing", "vegetable-growing"], "occupation": "6112"}', DEFAULT),
	('3043-4048-9347', '15c80258-e804-55d7-afa5-b2157c3c01a7', '01a2109f-de6b-75be-a7ea-d1e9703ab29d', '01a2109f-de6b-75be-a7ea-d1ea223fb066', 'prior-learning', 'provider-c', NULL, '6112', 'completed', '["compost-making", "rubber-tapping", "harvesting"]', '{"gaps": [], "result": "recognised", "competent": ["compost-making", "harvesting", "rubber-tapping"], "occupation": "6112"}', DEFAULT),
	('4118-6997-2625', '9b62dfaa-0d02-5ae9-9149-955970491afd', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', '01a2109f-de6b-75be-a7ea-d1eccc674f2b', 'course', 'provider-c', 'vegetables-c', NULL, 'completed', '["drip-irrigation", "vegetable-growing"]', '{"course": "vegetables-c", "result": "passed", "skills": ["drip-irrigation", "vegetable-growing"], "completed_on": "2026-11-25"}', DEFAULT),
	('1208-8753-5154', 'ad75f0fd-2e55-50b6-a9a5-562dfd8a368b', '01a2109f-ed58-770e-bf2f-f161c93dcc87', '01a2109f-ed58-770e-bf2f-f16232a86871', 'course', 'provider-c', 'vegetables-c', NULL, 'seated', '[]', NULL, DEFAULT);
INSERT INTO public.subject VALUES
	('660dbc30-4dc5-5827-bd75-1db74ffed86c', 0, false),
	('01a2109f-de6b-75be-a7ea-d1e744816c40', 1, false),
	('01a2109f-de6b-75be-a7ea-d1ef1c9e5edc', 1, false),
	('01a2109f-de6b-75be-a7ea-d1edddc05837', 1, false),
	('01a2109f-de6b-75be-a7ea-d1f352c2cd93', 1, false),
	('01a2109f-df20-7382-a953-d425efec716c', 1, false),
	('01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 2, false),
	('01a2109f-de6b-75be-a7ea-d1e9703ab29d', 2, false),
	('01a2109f-de6b-75be-a7ea-d1ebebcc3258', 3, false),
	('01a2109f-ed58-770e-bf2f-f161c93dcc87', 1, false);
SELECT pg_catalog.setval('public.inbox_batch', 10, true);
SELECT pg_catalog.setval('public.ledger_position_seq', 13, true);
SELECT pg_catalog.setval('public.parked_number_seq', 1, false);
SELECT pg_catalog.setval('public.timer_number_seq', 1, false);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.command
    ADD CONSTRAINT command_pkey PRIMARY KEY (principal, key);
ALTER TABLE ONLY public.course
    ADD CONSTRAINT course_pkey PRIMARY KEY (course);
ALTER TABLE ONLY public.inbox
    ADD CONSTRAINT inbox_pkey PRIMARY KEY (consumer, id);
ALTER TABLE ONLY public.ledger
    ADD CONSTRAINT ledger_pkey PRIMARY KEY ("position");
ALTER TABLE ONLY public.ledger
    ADD CONSTRAINT ledger_subject_sequence_key UNIQUE (subject, sequence);
ALTER TABLE ONLY public.parked
    ADD CONSTRAINT parked_consumer_topic_partition_offset_digest_key UNIQUE (consumer, topic, partition, "offset", digest);
ALTER TABLE ONLY public.parked
    ADD CONSTRAINT parked_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.referral
    ADD CONSTRAINT referral_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.subject
    ADD CONSTRAINT subject_pkey PRIMARY KEY (subject);
ALTER TABLE ONLY public.timer
    ADD CONSTRAINT timer_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.unsent
    ADD CONSTRAINT unsent_pkey PRIMARY KEY ("position");
CREATE UNIQUE INDEX parked_id ON public.parked USING btree (consumer, id) WHERE (id IS NOT NULL);
CREATE INDEX parked_waiting ON public.parked USING btree (subject) WHERE (state = 'waiting'::text);
CREATE INDEX referral_waiting ON public.referral USING btree (code) WHERE waiting;
CREATE INDEX timer_due ON public.timer USING btree (due_at, number);
CREATE INDEX timer_subject ON public.timer USING btree (subject);
