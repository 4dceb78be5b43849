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
CREATE TABLE public.cases (
    caseid uuid NOT NULL,
    person uuid NOT NULL,
    centre text NOT NULL,
    registered_on date NOT NULL,
    commune text NOT NULL,
    return_date date,
    border_point text,
    sector text,
    occupation text,
    skills_claimed jsonb NOT NULL,
    id_missing_reason text,
    debt_usd integer,
    needs jsonb,
    plan uuid,
    placement jsonb,
    state text NOT NULL,
    closing text,
    closed_on date,
    CONSTRAINT cases_state_check CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text])))
)
WITH (fillfactor='80');
CREATE TABLE public.command (
    principal text NOT NULL,
    key text NOT NULL,
    digest bytea NOT NULL,
    status integer,
    answer jsonb,
    recorded_at timestamp with time zone NOT NULL
);
CREATE TABLE public.evaluation (
    evaluation uuid NOT NULL,
    person uuid NOT NULL,
    caseid uuid NOT NULL,
    scheme text NOT NULL,
    rule text NOT NULL,
    outcome text NOT NULL,
    reason text NOT NULL,
    missing jsonb NOT NULL,
    evaluated_at timestamp with time zone NOT NULL,
    CONSTRAINT evaluation_outcome_check CHECK ((outcome = ANY (ARRAY['eligible'::text, 'not-eligible'::text, 'unknown'::text])))
);
CREATE TABLE public.form (
    centre text NOT NULL,
    form_no text NOT NULL,
    digest bytea NOT NULL,
    person uuid NOT NULL,
    caseid uuid NOT NULL
);
CREATE TABLE public.heard (
    id uuid NOT NULL,
    person uuid NOT NULL,
    owner text NOT NULL,
    type text NOT NULL,
    sequence bigint NOT NULL,
    "time" timestamp with time zone NOT NULL,
    caseid uuid,
    correlationid uuid NOT NULL,
    causationid uuid,
    data jsonb NOT NULL
);
CREATE TABLE public.identity (
    person uuid NOT NULL,
    contact uuid NOT NULL,
    content jsonb NOT NULL
);
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
CREATE TABLE public.offer (
    course text NOT NULL,
    provider text NOT NULL,
    title_en text NOT NULL,
    title_km text NOT NULL,
    sector text,
    occupation text,
    province text,
    skills jsonb NOT NULL,
    closed boolean NOT NULL
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
CREATE TABLE public.person (
    person uuid NOT NULL,
    centre text NOT NULL,
    caseid uuid NOT NULL,
    sex text NOT NULL,
    contact uuid NOT NULL,
    channel text NOT NULL,
    language text NOT NULL,
    consents jsonb NOT NULL
)
WITH (fillfactor='80');
CREATE TABLE public.plan (
    plan uuid NOT NULL,
    person uuid NOT NULL,
    caseid uuid NOT NULL,
    rules text NOT NULL,
    services jsonb NOT NULL,
    unmet jsonb NOT NULL,
    agreed_on date NOT NULL
);
CREATE TABLE public.referral (
    referral uuid NOT NULL,
    code text NOT NULL,
    person uuid NOT NULL,
    caseid uuid NOT NULL,
    service text NOT NULL,
    kind text NOT NULL,
    purpose text NOT NULL,
    requested_on date NOT NULL,
    provider text,
    course text,
    scheme text,
    occupation text,
    priority text NOT NULL,
    state text NOT NULL,
    changed_on date,
    reason text,
    outcome text,
    CONSTRAINT referral_state_check CHECK ((state = ANY (ARRAY['requested'::text, 'accepted'::text, 'rejected'::text, 'completed'::text, 'withdrawn'::text])))
)
WITH (fillfactor='80');
CREATE TABLE public.referral_code (
    code text NOT NULL
);
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
INSERT INTO public.cases VALUES
	('01a2109f-de6b-75be-a7ea-d1ea223fb066', '01a2109f-de6b-75be-a7ea-d1e9703ab29d', 'oddar-meanchey', '2026-11-25', '220401', '2025-07-28', 'osmach', 'agriculture', '6112', '["vegetable-growing", "fruit-tree-care", "poultry-raising"]', NULL, 6090, '["recognition", "job"]', '01a2109f-de9b-735a-a36c-f394238aceaf', NULL, 'open', NULL, NULL),
	('01a2109f-de6b-75be-a7ea-d1ee0310fc47', '01a2109f-de6b-75be-a7ea-d1edddc05837', 'oddar-meanchey', '2026-11-25', '220103', '2025-10-30', 'poipet', 'agriculture', '9211', '["cassava-growing", "rubber-tapping"]', NULL, 3340, '["training", "job", "social-protection"]', '01a2109f-de9b-735a-a36c-f398ad9cfd20', NULL, 'open', NULL, NULL),
	('01a2109f-de6b-75be-a7ea-d1f0d323d9f1', '01a2109f-de6b-75be-a7ea-d1ef1c9e5edc', 'oddar-meanchey', '2026-11-25', '220504', '2025-08-17', 'osmach', 'agriculture', '6111', '["pig-raising", "fruit-tree-care", "cassava-growing"]', NULL, 14870, '["training", "job", "social-protection"]', '01a2109f-de9b-735a-a36c-f39a03bd927a', NULL, 'open', NULL, NULL),
	('01a2109f-de6b-75be-a7ea-d1f4e6b9fe6f', '01a2109f-de6b-75be-a7ea-d1f352c2cd93', 'oddar-meanchey', '2026-11-25', '220301', '2025-09-23', 'choam', 'agriculture', '6112', '[]', NULL, 14400, '["training", "job", "social-protection"]', '01a2109f-de9b-735a-a36c-f39e07f34877', NULL, 'open', NULL, NULL),
	('01a2109f-de6b-75be-a7ea-d1e80d0e3987', '01a2109f-de6b-75be-a7ea-d1e744816c40', 'oddar-meanchey', '2026-11-25', '220501', '2025-08-06', 'poipet', 'agriculture', '6112', '["mushroom-growing"]', NULL, 4460, '["training", "job", "social-protection"]', '01a2109f-de9a-72c8-b742-2dd36a8e2251', NULL, 'closed', 'moved-away', '2026-11-25'),
	('01a2109f-df20-7382-a953-d426b6e6eed9', '01a2109f-df20-7382-a953-d425efec716c', 'oddar-meanchey', '2026-11-25', '220501', '2025-08-06', 'poipet', 'agriculture', '6112', '["mushroom-growing"]', NULL, 4460, '["training", "job", "social-protection"]', '01a2109f-df3e-76d7-8c0c-1d6674224d9f', NULL, 'closed', 'moved-away', '2026-11-25'),
	('01a2109f-de6b-75be-a7ea-d1eccc674f2b', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', 'oddar-meanchey', '2026-11-25', '220502', '2025-08-01', 'osmach', 'agriculture', '6112', '["compost-making", "fruit-tree-care"]', NULL, 2560, '["training", "job", "social-protection"]', '01a2109f-de9b-735a-a36c-f396d910c862', '{"match": "75813680-a9fe-5c3c-95ab-3666e7d58d9a", "starts": "2026-11-27", "employer": "sample-works-1", "engagement": "employee", "occupation": "6111"}', 'open', NULL, NULL),
	('01a2109f-de6b-75be-a7ea-d1f2fc4e2052', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 'oddar-meanchey', '2026-11-25', '220506', '2025-08-26', 'osmach', 'agriculture', '6112', '[]', 'pawned', 0, '["recognition", "job"]', '01a2109f-de9b-735a-a36c-f39ce0e60175', '{"match": "2bfab7f2-d598-5469-8dd1-98d12670664d", "starts": "2026-11-26", "employer": "sample-works-1", "engagement": "employee", "occupation": "6111"}', 'open', NULL, NULL),
	('01a2109f-ed58-770e-bf2f-f16232a86871', '01a2109f-ed58-770e-bf2f-f161c93dcc87', 'oddar-meanchey', '2026-11-25', '220504', '2025-08-14', 'choam', 'agriculture', '9211', '[]', NULL, 3100, '["training", "job", "social-protection"]', '01a2109f-ed5f-703c-96a7-34a042ee2d35', NULL, 'open', NULL, NULL),
	('01a2109f-eef0-7649-939d-227db8a3c71e', '01a2109f-eef0-7649-939d-227c306425b4', 'oddar-meanchey', '2026-11-25', '220501', '2025-07-27', 'choam', 'agriculture', '6112', '[]', NULL, 5330, '["training", "job", "social-protection"]', '01a2109f-eef1-7670-9149-cce1af320c16', NULL, 'open', NULL, NULL);
INSERT INTO public.command VALUES
	('operator', '2254e2ad8a014e4b9a9d03820cb5392e', '\xfc6d6bf43dd4b29eab9b951333c2ee109a4358ee8dbb483f6cc19b1aac4f0319', 200, '{"status": "offered"}', '2026-11-25 02:54:02.261869+00'),
	('centre-lead-oddar-meanchey', '73bca4ef4d304c46971822b1579e4ba1-0', '\xa182b66bfdeebf10b528fc937b2ebb8b0acf07ebf65c5947b5bfa770e18bbeea', 200, '{"rows": [{"ids": {"case": "01a2109f-de6b-75be-a7ea-d1e80d0e3987", "person": "01a2109f-de6b-75be-a7ea-d1e744816c40"}, "line": 2, "status": "accepted"}, {"ids": {"case": "01a2109f-de6b-75be-a7ea-d1ea223fb066", "person": "01a2109f-de6b-75be-a7ea-d1e9703ab29d"}, "line": 3, "status": "accepted"}, {"ids": {"case": "01a2109f-de6b-75be-a7ea-d1eccc674f2b", "person": "01a2109f-de6b-75be-a7ea-d1ebebcc3258"}, "line": 4, "status": "accepted"}, {"ids": {"case": "01a2109f-de6b-75be-a7ea-d1ee0310fc47", "person": "01a2109f-de6b-75be-a7ea-d1edddc05837"}, "line": 5, "status": "accepted"}, {"ids": {"case": "01a2109f-de6b-75be-a7ea-d1f0d323d9f1", "person": "01a2109f-de6b-75be-a7ea-d1ef1c9e5edc"}, "line": 6, "status": "accepted"}, {"ids": {"case": "01a2109f-de6b-75be-a7ea-d1f2fc4e2052", "person": "01a2109f-de6b-75be-a7ea-d1f1c0cd317a"}, "line": 7, "status": "accepted"}, {"ids": {"case": "01a2109f-de6b-75be-a7ea-d1f4e6b9fe6f", "person": "01a2109f-de6b-75be-a7ea-d1f352c2cd93"}, "line": 8, "status": "accepted"}, {"line": 9, "faults": [{"fix": "This cell must not be empty. Fill it in.", "field": "sex", "fix_km": "ក្រឡានេះមិនអាចទទេបានទេ។ សូមបំពេញ។", "reason": "required"}], "status": "refused"}]}', '2026-11-25 02:54:02.345341+00'),
	('centre-lead-oddar-meanchey', 'd6417ea680b647bc8737b448f3540608-0', '\xdc502161254d1f9ff3856a930664d7beed285d9ecfe502385f9d6b4b73ea0ca3', 200, '{"rows": [{"ids": {"case": "01a2109f-df20-7382-a953-d426b6e6eed9", "person": "01a2109f-df20-7382-a953-d425efec716c"}, "line": 2, "status": "accepted"}]}', '2026-11-25 02:54:02.525968+00'),
	('counsellor-oddar-meanchey', 'f6d7b19302a84325bb5566219a7b2975', '\xba1456a9104a6d0a6bd2dc0c518471e06ca30015ba33b71d9ac53bcd6a71f752', 200, '{"ids": {"person": "01a2109f-de6b-75be-a7ea-d1f352c2cd93"}, "status": "withdrawn"}', '2026-11-25 02:54:03.180621+00'),
	('counsellor-oddar-meanchey', '4b88f196dc0f4a40a6fcc19fab60d265', '\xc81817f79b38e9e2fd724f451503d94fb2a60b670d4c04b80c45bc12a216c358', 200, '{"ids": {"person": "01a2109f-de6b-75be-a7ea-d1ebebcc3258"}, "status": "withdrawn"}', '2026-11-25 02:54:03.218577+00'),
	('counsellor-oddar-meanchey', '323599c02b724f939a76fdde3c1a7d0e', '\x872d06e8539d205a67da71d2cf00a1b427d3dfa22d607eed6ee8723e110a656c', 200, '{"ids": {"case": "01a2109f-de6b-75be-a7ea-d1e80d0e3987"}, "status": "closed"}', '2026-11-25 02:54:03.274835+00'),
	('counsellor-oddar-meanchey', '6cd46fb21ecf40e2b64995cb8eb4d741', '\xd43dba40b5f715cfd3535262d9f92fff54dd8df33587a715762ea41ba30df721', 200, '{"ids": {"case": "01a2109f-df20-7382-a953-d426b6e6eed9"}, "status": "closed"}', '2026-11-25 02:54:03.31021+00'),
	('counsellor-oddar-meanchey', '7c7da00211e24712bff62f57f384386d', '\x001f338ed0391e791f6ce40be8296263461de2b516f4aa079e90ee3096e2b9f2', 200, '{"ids": {"referral": "fa1ec0ec-7560-5b0b-8fa1-2d9c9588a199"}, "status": "withdrawn"}', '2026-11-25 02:54:03.405477+00'),
	('counsellor-oddar-meanchey', '3fe8f01aa65b4b0ea5b3356dfdc52c37', '\x11d540415c784ab1c0423d1ddda0825679ce95917a546c143b1d5551a237fe31', 200, '{"ids": {"referral": "05507489-1e4b-56ca-9a79-ecbf3f751480"}, "status": "withdrawn"}', '2026-11-25 02:54:03.431775+00'),
	('scheme-officer', '57b14b86410248a2bdd08165a198eb93', '\x6fd9de5a1d769aa41444fadf3a06028975507698fadc8d577ada492734e30780', 200, '{"ids": {"referral": "33875cab-0ee9-5550-8972-eb252c69221e"}, "status": "accepted"}', '2026-11-25 02:54:04.330657+00'),
	('scheme-officer', '1e9fc7a2932a4d7c810d72f36c868e22', '\x76db99377df31c5dc67e2956595ba60deee385f724510b29c60489ee9d0c4ada', 200, '{"ids": {"referral": "eac5b2c5-122d-5d5e-be41-9ece66d8b032"}, "status": "accepted"}', '2026-11-25 02:54:04.330533+00'),
	('centre-lead', 'e18268fd48bd4c918672077586b31902-0', '\x8c11066d0a06cb40c89714752445c6aa65b6d0ebb98d6a2a2e384d5b0e3e90e0', 200, '{"rows": [{"ids": {"case": "01a2109f-ed58-770e-bf2f-f16232a86871", "person": "01a2109f-ed58-770e-bf2f-f161c93dcc87"}, "line": 2, "status": "accepted"}]}', '2026-11-25 02:54:06.167968+00'),
	('centre-lead', 'bbf2a911e24f4ab8b025bb9ed51bd095-0', '\xb7329914de0131e1f67dc16df3050fca51817a2a9e9ec3fe51ae325871c5009c', 200, '{"rows": [{"ids": {"case": "01a2109f-eef0-7649-939d-227db8a3c71e", "person": "01a2109f-eef0-7649-939d-227c306425b4"}, "line": 2, "status": "accepted"}]}', '2026-11-25 02:54:06.576033+00');
INSERT INTO public.evaluation VALUES
	('06be96fc-458f-529b-a069-9e9536291c1b', '01a2109f-de6b-75be-a7ea-d1f352c2cd93', '01a2109f-de6b-75be-a7ea-d1f4e6b9fe6f', 'nssf', 'nssf-employees-1', 'unknown', 'no-employment-known', '["engagement", "starts"]', '2026-11-25 02:54:02.345341+00'),
	('5e6abbcd-6f5c-54b3-ad1d-b20c32008ed0', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', '01a2109f-de6b-75be-a7ea-d1eccc674f2b', 'nssf', 'nssf-employees-1', 'unknown', 'no-employment-known', '["engagement", "starts"]', '2026-11-25 02:54:02.345341+00'),
	('b26a11be-36cc-566c-9436-5a902e348aa6', '01a2109f-de6b-75be-a7ea-d1ef1c9e5edc', '01a2109f-de6b-75be-a7ea-d1f0d323d9f1', 'nssf', 'nssf-employees-1', 'unknown', 'no-employment-known', '["engagement", "starts"]', '2026-11-25 02:54:02.345341+00'),
	('c15dbb5c-9136-5096-9180-b9f95a0e04d6', '01a2109f-de6b-75be-a7ea-d1e744816c40', '01a2109f-de6b-75be-a7ea-d1e80d0e3987', 'nssf', 'nssf-employees-1', 'unknown', 'no-employment-known', '["engagement", "starts"]', '2026-11-25 02:54:02.345341+00'),
	('d9ea969b-333d-541c-a674-9a2c4675d4bb', '01a2109f-de6b-75be-a7ea-d1edddc05837', '01a2109f-de6b-75be-a7ea-d1ee0310fc47', 'nssf', 'nssf-employees-1', 'unknown', 'no-employment-known', '["engagement", "starts"]', '2026-11-25 02:54:02.345341+00'),
	('7e7e359b-6dff-5aec-83de-51cdf1ddba18', '01a2109f-df20-7382-a953-d425efec716c', '01a2109f-df20-7382-a953-d426b6e6eed9', 'nssf', 'nssf-employees-1', 'unknown', 'no-employment-known', '["engagement", "starts"]', '2026-11-25 02:54:02.525968+00'),
	('436396f1-f031-565c-a9e2-269039a7262c', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', '01a2109f-de6b-75be-a7ea-d1eccc674f2b', 'nssf', 'nssf-employees-1', 'eligible', 'employed', '[]', '2026-11-25 02:54:04.135527+00'),
	('91995021-9cd4-5d61-9a78-cfba71f3bbc3', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', 'nssf', 'nssf-employees-1', 'eligible', 'employed', '[]', '2026-11-25 02:54:04.202351+00'),
	('8fe804ed-9cdb-52f3-81a9-a289dae0f05e', '01a2109f-ed58-770e-bf2f-f161c93dcc87', '01a2109f-ed58-770e-bf2f-f16232a86871', 'nssf', 'nssf-employees-1', 'unknown', 'no-employment-known', '["engagement", "starts"]', '2026-11-25 02:54:06.167968+00'),
	('ba7701fc-13c6-57e2-bd84-54aac6b024fe', '01a2109f-eef0-7649-939d-227c306425b4', '01a2109f-eef0-7649-939d-227db8a3c71e', 'nssf', 'nssf-employees-1', 'unknown', 'no-employment-known', '["engagement", "starts"]', '2026-11-25 02:54:06.576033+00');
INSERT INTO public.form VALUES
	('oddar-meanchey', 'OM-0015', '\xc69cb2be91f22d5a77cdc4e5e88393e917d94921c9d8db864e9ac552e1022bd2', '01a2109f-de6b-75be-a7ea-d1e744816c40', '01a2109f-de6b-75be-a7ea-d1e80d0e3987'),
	('oddar-meanchey', 'OM-0025', '\xed1dc5bbd22b654b6f25c096a9c0f29cff88ad70dc651f6c47a67cc5bb3af375', '01a2109f-de6b-75be-a7ea-d1e9703ab29d', '01a2109f-de6b-75be-a7ea-d1ea223fb066'),
	('oddar-meanchey', 'OM-0028', '\xf6ae3e09d4ce4c9e8c6266228053a2a14da75f6249486c33e68c2a8aee282374', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', '01a2109f-de6b-75be-a7ea-d1eccc674f2b'),
	('oddar-meanchey', 'OM-0031', '\x3487be379611f6225210f9ede188f23b324157ee7e00a68ff1a8ad83ab8a2453', '01a2109f-de6b-75be-a7ea-d1edddc05837', '01a2109f-de6b-75be-a7ea-d1ee0310fc47'),
	('oddar-meanchey', 'OM-0040', '\x624e0b9f21a598d65290eeffef72c1a94c4e2b4fbb1fadf94311ab3cfe702d4b', '01a2109f-de6b-75be-a7ea-d1ef1c9e5edc', '01a2109f-de6b-75be-a7ea-d1f0d323d9f1'),
	('oddar-meanchey', 'OM-0041', '\xc9df136974f1ba7c40f06a784de374f88b599523828fdddeeb5fabbf9a8ff1dc', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', '01a2109f-de6b-75be-a7ea-d1f2fc4e2052'),
	('oddar-meanchey', 'OM-0047', '\xefc8600328606952cd5b283b20cb8f55ef5d18a43203c01e1c700962dec8b07c', '01a2109f-de6b-75be-a7ea-d1f352c2cd93', '01a2109f-de6b-75be-a7ea-d1f4e6b9fe6f'),
	('oddar-meanchey', 'OM-X', '\x12543497fa1dddac13b400a4d7f22c90e58f438930cdfed0a147e6e100fddf23', '01a2109f-df20-7382-a953-d425efec716c', '01a2109f-df20-7382-a953-d426b6e6eed9'),
	('oddar-meanchey', 'OM-0052', '\x6cfcdcb9819d37c909d5e7068d4d2911028dc7233ad236b3f8bbad5cef9a9ecc', '01a2109f-ed58-770e-bf2f-f161c93dcc87', '01a2109f-ed58-770e-bf2f-f16232a86871'),
	('oddar-meanchey', 'OM-0057', '\xe082209572f5087f08fabfbe3e15f651433ccd82dbaca123dda2ad39584f50c1', '01a2109f-eef0-7649-939d-227c306425b4', '01a2109f-eef0-7649-939d-227db8a3c71e');
INSERT INTO public.heard VALUES
	('01a2109f-dfb2-74d3-89f7-6ea0d58af47b', '01a2109f-de6b-75be-a7ea-d1e744816c40', 'training', 'reintegration.training.seat-reserved.v1', 1, '2026-11-25 02:54:02.668352+00', '01a2109f-de6b-75be-a7ea-d1e80d0e3987', '01a2109f-deaa-7186-8307-64b173a621a5', '01a2109f-deaa-7186-8307-64bbc10568dc', '{"code": "1480-0605-4462", "course": "vegetables-c", "starts": "2026-11-25", "provider": "provider-c", "referral": "5944e64f-81e3-57b2-b857-ab52b616efdd"}'),
	('01a2109f-dfb2-74d3-89f7-6ea188929d5e', '01a2109f-de6b-75be-a7ea-d1ef1c9e5edc', 'training', 'reintegration.training.seat-reserved.v1', 1, '2026-11-25 02:54:02.668352+00', '01a2109f-de6b-75be-a7ea-d1f0d323d9f1', '01a2109f-deab-7423-a1b6-2136f573ce5a', '01a2109f-deab-7423-a1b6-214005b8dee6', '{"code": "7018-5339-4971", "course": "vegetables-c", "starts": "2026-11-25", "provider": "provider-c", "referral": "05507489-1e4b-56ca-9a79-ecbf3f751480"}'),
	('01a2109f-dfb2-74d3-89f7-6ea2ac9cff19', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', 'training', 'reintegration.training.seat-reserved.v1', 1, '2026-11-25 02:54:02.668352+00', '01a2109f-de6b-75be-a7ea-d1eccc674f2b', '01a2109f-deab-7423-a1b6-211ea3d9a365', '01a2109f-deab-7423-a1b6-2128ba5eeca9', '{"code": "4118-6997-2625", "course": "vegetables-c", "starts": "2026-11-25", "provider": "provider-c", "referral": "9b62dfaa-0d02-5ae9-9149-955970491afd"}'),
	('01a2109f-dfb2-74d3-89f7-6ea39f242dc5', '01a2109f-de6b-75be-a7ea-d1edddc05837', 'training', 'reintegration.training.seat-reserved.v1', 1, '2026-11-25 02:54:02.668352+00', '01a2109f-de6b-75be-a7ea-d1ee0310fc47', '01a2109f-deab-7423-a1b6-212a04cd69c0', '01a2109f-deab-7423-a1b6-213458400f47', '{"code": "5020-2831-3917", "course": "vegetables-c", "starts": "2026-11-25", "provider": "provider-c", "referral": "fa1ec0ec-7560-5b0b-8fa1-2d9c9588a199"}'),
	('01a2109f-dfb3-71d0-84c7-46b06f4e65db', '01a2109f-de6b-75be-a7ea-d1f352c2cd93', 'training', 'reintegration.training.seat-refused.v1', 1, '2026-11-25 02:54:02.668352+00', '01a2109f-de6b-75be-a7ea-d1f4e6b9fe6f', '01a2109f-deac-72ea-a6dd-fb9b75358679', '01a2109f-deac-72ea-a6dd-fba567347f55', '{"code": "8272-6871-4360", "course": "vegetables-c", "reason": "full", "provider": "provider-c", "referral": "4bc93812-2f1c-5e85-b8d6-575aebf2a81a"}'),
	('01a2109f-e031-7706-bd62-13f8c0ef83cc', '01a2109f-df20-7382-a953-d425efec716c', 'training', 'reintegration.training.seat-refused.v1', 1, '2026-11-25 02:54:02.793583+00', '01a2109f-df20-7382-a953-d426b6e6eed9', '01a2109f-df3f-70af-8909-c76632e0500b', '01a2109f-df3f-70af-8909-c77052362660', '{"code": "7640-6272-8369", "course": "vegetables-c", "reason": "full", "provider": "provider-c", "referral": "22e92af5-ec0a-5b96-b6ea-4f4a2805b10f"}'),
	('01a2109f-e09e-7187-95b7-0c3399db3d71', '01a2109f-de6b-75be-a7ea-d1e9703ab29d', 'notifications', 'reintegration.notifications.message-delivered.v1', 1, '2026-11-25 02:54:02.743985+00', '01a2109f-de6b-75be-a7ea-d1ea223fb066', '01a2109f-deaa-7186-8307-64bdec85568f', '01a2109f-deaa-7186-8307-64c76f402b42', '{"about": "01a2109f-deaa-7186-8307-64c76f402b42", "channel": "sms", "message": "016b0025-bc81-5655-ac95-6bbdaee1b0ef", "language": "km", "template": "prior-learning-referral"}'),
	('01a2109f-e09f-73a4-b34b-318aa253dd05', '01a2109f-de6b-75be-a7ea-d1edddc05837', 'notifications', 'reintegration.notifications.message-delivered.v1', 1, '2026-11-25 02:54:02.743985+00', '01a2109f-de6b-75be-a7ea-d1ee0310fc47', '01a2109f-deab-7423-a1b6-212a04cd69c0', '01a2109f-deab-7423-a1b6-21350461289b', '{"about": "01a2109f-deab-7423-a1b6-21350461289b", "channel": "sms", "message": "0b9dcd0a-63f2-51eb-8391-ea5801227772", "language": "km", "template": "work-referral"}'),
	('01a2109f-e09f-73a4-b34b-318b754772b4', '01a2109f-de6b-75be-a7ea-d1e9703ab29d', 'notifications', 'reintegration.notifications.message-delivered.v1', 2, '2026-11-25 02:54:02.743985+00', '01a2109f-de6b-75be-a7ea-d1ea223fb066', '01a2109f-deaa-7186-8307-64bdec85568f', '01a2109f-deaa-7186-8307-64bf93f466cd', '{"about": "01a2109f-deaa-7186-8307-64bf93f466cd", "channel": "sms", "message": "19bd7c08-ba32-5ffb-a786-4fc62c94d075", "language": "km", "template": "welcome"}'),
	('01a2109f-e09f-73a4-b34b-318cc8bab8cb', '01a2109f-de6b-75be-a7ea-d1ef1c9e5edc', 'notifications', 'reintegration.notifications.message-delivered.v1', 1, '2026-11-25 02:54:02.743985+00', '01a2109f-de6b-75be-a7ea-d1f0d323d9f1', '01a2109f-deab-7423-a1b6-2136f573ce5a', '01a2109f-deab-7423-a1b6-21411bcd0de9', '{"about": "01a2109f-deab-7423-a1b6-21411bcd0de9", "channel": "voice", "message": "1cff5737-6a11-52d8-8a39-f6c53e5891c3", "language": "km", "template": "work-referral"}'),
	('01a2109f-e09f-73a4-b34b-318da4bc00f9', '01a2109f-de6b-75be-a7ea-d1e744816c40', 'notifications', 'reintegration.notifications.message-delivered.v1', 1, '2026-11-25 02:54:02.743985+00', '01a2109f-de6b-75be-a7ea-d1e80d0e3987', '01a2109f-deaa-7186-8307-64b173a621a5', '01a2109f-deaa-7186-8307-64bc615d31c4', '{"about": "01a2109f-deaa-7186-8307-64bc615d31c4", "channel": "sms", "message": "1db4b5a4-7255-52c6-8519-0733331608d4", "language": "km", "template": "work-referral"}'),
	('01a2109f-e09f-73a4-b34b-318ec69b82ad', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 'notifications', 'reintegration.notifications.message-delivered.v1', 1, '2026-11-25 02:54:02.743985+00', '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', '01a2109f-deab-7423-a1b6-2142ff0a114f', '01a2109f-deab-7423-a1b6-21447cca531f', '{"about": "01a2109f-deab-7423-a1b6-21447cca531f", "channel": "sms", "message": "5e67244b-09a5-527b-8fbd-a6404b3e7aaa", "language": "km", "template": "welcome"}'),
	('01a2109f-e09f-73a4-b34b-318f58770269', '01a2109f-de6b-75be-a7ea-d1f352c2cd93', 'notifications', 'reintegration.notifications.message-delivered.v1', 1, '2026-11-25 02:54:02.743985+00', '01a2109f-de6b-75be-a7ea-d1f4e6b9fe6f', '01a2109f-deac-72ea-a6dd-fb9b75358679', '01a2109f-deac-72ea-a6dd-fb9d226f653c', '{"about": "01a2109f-deac-72ea-a6dd-fb9d226f653c", "channel": "voice", "message": "66e3ef72-c042-5740-a16f-dd06e16ddc34", "language": "km", "template": "welcome"}'),
	('01a2109f-e09f-73a4-b34b-31909c3dd726', '01a2109f-de6b-75be-a7ea-d1edddc05837', 'notifications', 'reintegration.notifications.message-delivered.v1', 2, '2026-11-25 02:54:02.743985+00', '01a2109f-de6b-75be-a7ea-d1ee0310fc47', '01a2109f-deab-7423-a1b6-212a04cd69c0', '01a2109f-deab-7423-a1b6-212c477d30a2', '{"about": "01a2109f-deab-7423-a1b6-212c477d30a2", "channel": "sms", "message": "6bf3d762-f83c-522a-a417-455cc26db519", "language": "km", "template": "welcome"}'),
	('01a2109f-e09f-73a4-b34b-31918d42ff1f', '01a2109f-de6b-75be-a7ea-d1e9703ab29d', 'notifications', 'reintegration.notifications.message-delivered.v1', 3, '2026-11-25 02:54:02.743985+00', '01a2109f-de6b-75be-a7ea-d1ea223fb066', '01a2109f-deaa-7186-8307-64bdec85568f', '01a2109f-deaa-7186-8307-64c8c1c6306b', '{"about": "01a2109f-deaa-7186-8307-64c8c1c6306b", "channel": "sms", "message": "6d7f92b2-d5a0-5ec6-9968-3e0ea90dd5ed", "language": "km", "template": "work-referral"}'),
	('01a2109f-e09f-73a4-b34b-319263e8ba5c', '01a2109f-de6b-75be-a7ea-d1ef1c9e5edc', 'notifications', 'reintegration.notifications.message-delivered.v1', 2, '2026-11-25 02:54:02.743985+00', '01a2109f-de6b-75be-a7ea-d1f0d323d9f1', '01a2109f-deab-7423-a1b6-2136f573ce5a', '01a2109f-deab-7423-a1b6-2138a860c27a', '{"about": "01a2109f-deab-7423-a1b6-2138a860c27a", "channel": "voice", "message": "a69a3422-ad11-5035-a880-cf737393b2c5", "language": "km", "template": "welcome"}'),
	('01a2109f-e09f-73a4-b34b-319371a9c15d', '01a2109f-de6b-75be-a7ea-d1f352c2cd93', 'notifications', 'reintegration.notifications.message-delivered.v1', 2, '2026-11-25 02:54:02.743985+00', '01a2109f-de6b-75be-a7ea-d1f4e6b9fe6f', '01a2109f-deac-72ea-a6dd-fb9b75358679', '01a2109f-deac-72ea-a6dd-fba621121d7a', '{"about": "01a2109f-deac-72ea-a6dd-fba621121d7a", "channel": "voice", "message": "a7a6c8aa-0272-5a09-b0a1-de0c78f5db98", "language": "km", "template": "work-referral"}'),
	('01a2109f-e09f-73a4-b34b-31940b23c364', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', 'notifications', 'reintegration.notifications.message-failed.v1', 1, '2026-11-25 02:54:02.743985+00', '01a2109f-de6b-75be-a7ea-d1eccc674f2b', '01a2109f-deab-7423-a1b6-211ea3d9a365', '01a2109f-deab-7423-a1b6-21295825e1da', '{"about": "01a2109f-deab-7423-a1b6-21295825e1da", "reason": "unreachable", "channel": "none", "message": "ae5f7d9a-bf06-5a87-93f3-ec9bd84d4b1d", "language": "km", "template": "work-referral"}'),
	('01a2109f-e09f-73a4-b34b-3195915a2830', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 'notifications', 'reintegration.notifications.message-delivered.v1', 2, '2026-11-25 02:54:02.743985+00', '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', '01a2109f-deab-7423-a1b6-2142ff0a114f', '01a2109f-deab-7423-a1b6-214c5ebb4fd5', '{"about": "01a2109f-deab-7423-a1b6-214c5ebb4fd5", "channel": "sms", "message": "c7b8afa0-65e9-5aeb-bed1-70e9c6fc826d", "language": "km", "template": "prior-learning-referral"}'),
	('01a2109f-e09f-73a4-b34b-3196beabd438', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 'notifications', 'reintegration.notifications.message-delivered.v1', 3, '2026-11-25 02:54:02.743985+00', '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', '01a2109f-deab-7423-a1b6-2142ff0a114f', '01a2109f-deab-7423-a1b6-214d00ab88fc', '{"about": "01a2109f-deab-7423-a1b6-214d00ab88fc", "channel": "sms", "message": "deec01ae-65fc-522d-b8fb-93437b54bb11", "language": "km", "template": "work-referral"}'),
	('01a2109f-e09f-73a4-b34b-319770f56537', '01a2109f-de6b-75be-a7ea-d1e744816c40', 'notifications', 'reintegration.notifications.message-delivered.v1', 2, '2026-11-25 02:54:02.743985+00', '01a2109f-de6b-75be-a7ea-d1e80d0e3987', '01a2109f-deaa-7186-8307-64b173a621a5', '01a2109f-deaa-7186-8307-64b3aeb587b9', '{"about": "01a2109f-deaa-7186-8307-64b3aeb587b9", "channel": "sms", "message": "e980ac30-f131-5f28-ab2a-b21614bd2a0b", "language": "km", "template": "welcome"}'),
	('01a2109f-e09f-73a4-b34b-3198c4766666', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', 'notifications', 'reintegration.notifications.message-failed.v1', 2, '2026-11-25 02:54:02.743985+00', '01a2109f-de6b-75be-a7ea-d1eccc674f2b', '01a2109f-deab-7423-a1b6-211ea3d9a365', '01a2109f-deab-7423-a1b6-21205fde52bd', '{"about": "01a2109f-deab-7423-a1b6-21205fde52bd", "reason": "unreachable", "channel": "none", "message": "f4c6e81b-7f14-564a-aad3-c24a7ef261c7", "language": "km", "template": "welcome"}'),
	('01a2109f-e0e1-759f-875f-d2174b74acca', '01a2109f-df20-7382-a953-d425efec716c', 'notifications', 'reintegration.notifications.message-delivered.v1', 1, '2026-11-25 02:54:02.964691+00', '01a2109f-df20-7382-a953-d426b6e6eed9', '01a2109f-df3f-70af-8909-c76632e0500b', '01a2109f-df3f-70af-8909-c7714cf0f1db', '{"about": "01a2109f-df3f-70af-8909-c7714cf0f1db", "channel": "sms", "message": "004b77af-261c-5038-aa15-18f825e1b2f7", "language": "km", "template": "work-referral"}'),
	('01a2109f-e0e1-759f-875f-d218e7712578', '01a2109f-df20-7382-a953-d425efec716c', 'notifications', 'reintegration.notifications.message-delivered.v1', 2, '2026-11-25 02:54:02.964691+00', '01a2109f-df20-7382-a953-d426b6e6eed9', '01a2109f-df3f-70af-8909-c76632e0500b', '01a2109f-df3f-70af-8909-c76832211bb8', '{"about": "01a2109f-df3f-70af-8909-c76832211bb8", "channel": "sms", "message": "6fb8e808-65a2-51e2-9a7c-baf4e533c33f", "language": "km", "template": "welcome"}'),
	('01a2109f-e0e1-759f-875f-d219783eee08', '01a2109f-de6b-75be-a7ea-d1ef1c9e5edc', 'notifications', 'reintegration.notifications.message-delivered.v1', 3, '2026-11-25 02:54:02.964691+00', '01a2109f-de6b-75be-a7ea-d1f0d323d9f1', '01a2109f-deab-7423-a1b6-2136f573ce5a', '01a2109f-dfb2-74d3-89f7-6ea188929d5e', '{"about": "01a2109f-dfb2-74d3-89f7-6ea188929d5e", "channel": "voice", "message": "16cad7ab-bc5b-5bf0-b1b5-d6ea9a6c2061", "language": "km", "template": "seat-reserved"}'),
	('01a2109f-e0e1-759f-875f-d21a37894e55', '01a2109f-de6b-75be-a7ea-d1f352c2cd93', 'notifications', 'reintegration.notifications.message-delivered.v1', 3, '2026-11-25 02:54:02.964691+00', '01a2109f-de6b-75be-a7ea-d1f4e6b9fe6f', '01a2109f-deac-72ea-a6dd-fb9b75358679', '01a2109f-dfb3-71d0-84c7-46b06f4e65db', '{"about": "01a2109f-dfb3-71d0-84c7-46b06f4e65db", "channel": "voice", "message": "5eba5c7d-2128-57a6-bc8c-288588ef6b15", "language": "km", "template": "seat-refused"}'),
	('01a2109f-e0e1-759f-875f-d21bf82a0d6e', '01a2109f-de6b-75be-a7ea-d1e744816c40', 'notifications', 'reintegration.notifications.message-delivered.v1', 3, '2026-11-25 02:54:02.964691+00', '01a2109f-de6b-75be-a7ea-d1e80d0e3987', '01a2109f-deaa-7186-8307-64b173a621a5', '01a2109f-dfb2-74d3-89f7-6ea0d58af47b', '{"about": "01a2109f-dfb2-74d3-89f7-6ea0d58af47b", "channel": "sms", "message": "8a67b735-3d5e-571f-b613-b07e45301275", "language": "km", "template": "seat-reserved"}'),
	('01a2109f-e0e1-759f-875f-d21c871c0d49', '01a2109f-de6b-75be-a7ea-d1edddc05837', 'notifications', 'reintegration.notifications.message-delivered.v1', 3, '2026-11-25 02:54:02.964691+00', '01a2109f-de6b-75be-a7ea-d1ee0310fc47', '01a2109f-deab-7423-a1b6-212a04cd69c0', '01a2109f-dfb2-74d3-89f7-6ea39f242dc5', '{"about": "01a2109f-dfb2-74d3-89f7-6ea39f242dc5", "channel": "sms", "message": "9b8d5f25-b95b-5e1e-8efb-594bc7d0c225", "language": "km", "template": "seat-reserved"}'),
	('01a2109f-e0e1-759f-875f-d21d5da6fa38', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', 'notifications', 'reintegration.notifications.message-failed.v1', 3, '2026-11-25 02:54:02.964691+00', '01a2109f-de6b-75be-a7ea-d1eccc674f2b', '01a2109f-deab-7423-a1b6-211ea3d9a365', '01a2109f-dfb2-74d3-89f7-6ea2ac9cff19', '{"about": "01a2109f-dfb2-74d3-89f7-6ea2ac9cff19", "reason": "unreachable", "channel": "none", "message": "d89f13ed-c79c-5e67-b76b-432075e30402", "language": "km", "template": "seat-reserved"}'),
	('01a2109f-e0e1-759f-875f-d21e57c15289', '01a2109f-df20-7382-a953-d425efec716c', 'notifications', 'reintegration.notifications.message-delivered.v1', 3, '2026-11-25 02:54:02.964691+00', '01a2109f-df20-7382-a953-d426b6e6eed9', '01a2109f-df3f-70af-8909-c76632e0500b', '01a2109f-e031-7706-bd62-13f8c0ef83cc', '{"about": "01a2109f-e031-7706-bd62-13f8c0ef83cc", "channel": "sms", "message": "a7bdeff0-9003-5819-8e07-20b5ff81c2ae", "language": "km", "template": "seat-refused"}'),
	('01a2109f-e278-77da-bbf8-ee9ea6e9e53d', '01a2109f-df20-7382-a953-d425efec716c', 'notifications', 'reintegration.notifications.message-delivered.v1', 4, '2026-11-25 02:54:03.379936+00', '01a2109f-df20-7382-a953-d426b6e6eed9', '01a2109f-e22d-7671-8275-0921bd2caf49', '01a2109f-e241-708f-a483-8648ce886d33', '{"about": "01a2109f-e241-708f-a483-8648ce886d33", "channel": "sms", "message": "5e96d355-d429-5967-9aa6-0d0189370469", "language": "km", "template": "farewell"}'),
	('01a2109f-e2f8-74d8-954d-9ec052b7daf4', '01a2109f-de6b-75be-a7ea-d1ef1c9e5edc', 'notifications', 'reintegration.notifications.message-delivered.v1', 4, '2026-11-25 02:54:03.501545+00', '01a2109f-de6b-75be-a7ea-d1f0d323d9f1', '01a2109f-e2a4-725d-b3ce-97afa31a5bee', '01a2109f-e2c6-7659-befc-477a212f5c65', '{"about": "01a2109f-e2c6-7659-befc-477a212f5c65", "channel": "voice", "message": "60a973c8-25f7-58ed-8a8f-de0f437da2db", "language": "km", "template": "referral-withdrawn"}'),
	('01a2109f-e315-749a-9b1d-288b43c772a1', '01a2109f-de6b-75be-a7ea-d1e9703ab29d', 'training', 'reintegration.training.prior-learning-decided.v1', 1, '2026-11-25 02:54:03.50222+00', '01a2109f-de6b-75be-a7ea-d1ea223fb066', '01a2109f-e2e8-71ca-9855-b0af895f34b5', NULL, '{"code": "3043-4048-9347", "skills": ["compost-making", "rubber-tapping", "harvesting"], "decision": "recognised", "referral": "15c80258-e804-55d7-afa5-b2157c3c01a7", "occupation": "6112", "application": "15c80258-e804-55d7-afa5-b2157c3c01a7"}'),
	('01a2109f-e315-749a-9b1d-288c81a08486', '01a2109f-de6b-75be-a7ea-d1e9703ab29d', 'training', 'reintegration.training.skills-recognised.v1', 2, '2026-11-25 02:54:03.50222+00', '01a2109f-de6b-75be-a7ea-d1ea223fb066', '01a2109f-e2e8-71ca-9855-b0af895f34b5', '01a2109f-e315-749a-9b1d-288b43c772a1', '{"via": "prior-learning", "skills": ["compost-making", "rubber-tapping", "harvesting"], "evidence": "15c80258-e804-55d7-afa5-b2157c3c01a7"}'),
	('01a2109f-e345-71c0-97b4-041111bf1cc8', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 'employment', 'reintegration.employment.match-proposed.v1', 1, '2026-11-25 02:54:03.58049+00', '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', '01a2109f-e2ee-71cb-9941-90b1449553e5', '01a2109f-e309-75bd-87fb-92a28fe2623a', '{"match": "2bfab7f2-d598-5469-8dd1-98d12670664d", "rules": "matching-1", "score": 88, "commune": "220501", "reasons": [{"name": "skills", "points": 60}, {"name": "place", "points": 20}, {"name": "occupation", "points": 8}], "vacancy": "b7232c40-b649-5ace-b10d-bc2c340dc62f", "occupation": "6111"}'),
	('01a2109f-e345-71c0-97b4-0412bdc5fe54', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 'employment', 'reintegration.employment.match-proposed.v1', 2, '2026-11-25 02:54:03.58049+00', '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', '01a2109f-e2ee-71cb-9941-90b1449553e5', '01a2109f-e309-75bd-87fb-92a28fe2623a', '{"match": "ea10d17d-072e-559e-b1a8-2b748d068522", "rules": "matching-1", "score": 88, "commune": "220502", "reasons": [{"name": "skills", "points": 60}, {"name": "place", "points": 20}, {"name": "occupation", "points": 8}], "vacancy": "c97f9475-0e9a-5de6-b2f8-d663b53228ec", "occupation": "6111"}'),
	('01a2109f-e364-710c-b3b6-46de78d7ecd5', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', 'training', 'reintegration.training.completion-recorded.v1', 2, '2026-11-25 02:54:03.569806+00', '01a2109f-de6b-75be-a7ea-d1eccc674f2b', '01a2109f-e329-70f1-8929-223bd8f8a8df', NULL, '{"code": "4118-6997-2625", "course": "vegetables-c", "result": "passed", "provider": "provider-c", "referral": "9b62dfaa-0d02-5ae9-9149-955970491afd", "completed_on": "2026-11-25"}'),
	('01a2109f-e364-710c-b3b6-46df2a91c96c', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', 'training', 'reintegration.training.skills-recognised.v1', 3, '2026-11-25 02:54:03.569806+00', '01a2109f-de6b-75be-a7ea-d1eccc674f2b', '01a2109f-e329-70f1-8929-223bd8f8a8df', '01a2109f-e364-710c-b3b6-46de78d7ecd5', '{"via": "completion", "skills": ["drip-irrigation", "vegetable-growing"], "evidence": "9b62dfaa-0d02-5ae9-9149-955970491afd"}'),
	('01a2109f-e39b-7389-ba6e-90aeefc55668', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', 'employment', 'reintegration.employment.match-proposed.v1', 1, '2026-11-25 02:54:03.668387+00', '01a2109f-de6b-75be-a7ea-d1eccc674f2b', '01a2109f-e329-70f1-8929-223bd8f8a8df', '01a2109f-e364-710c-b3b6-46df2a91c96c', '{"match": "75813680-a9fe-5c3c-95ab-3666e7d58d9a", "rules": "matching-1", "score": 93, "commune": "220502", "reasons": [{"name": "skills", "points": 60}, {"name": "place", "points": 25}, {"name": "occupation", "points": 8}], "vacancy": "c97f9475-0e9a-5de6-b2f8-d663b53228ec", "occupation": "6111"}'),
	('01a2109f-e39b-7389-ba6e-90af3ff64038', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', 'employment', 'reintegration.employment.match-proposed.v1', 2, '2026-11-25 02:54:03.668387+00', '01a2109f-de6b-75be-a7ea-d1eccc674f2b', '01a2109f-e329-70f1-8929-223bd8f8a8df', '01a2109f-e364-710c-b3b6-46df2a91c96c', '{"match": "91c8bae2-6918-5280-bb41-b9c19fd6f7f9", "rules": "matching-1", "score": 88, "commune": "220501", "reasons": [{"name": "skills", "points": 60}, {"name": "place", "points": 20}, {"name": "occupation", "points": 8}], "vacancy": "b7232c40-b649-5ace-b10d-bc2c340dc62f", "occupation": "6111"}'),
	('01a2109f-e39b-7389-ba6e-90b0adf453bb', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', 'employment', 'reintegration.employment.match-proposed.v1', 3, '2026-11-25 02:54:03.668387+00', '01a2109f-de6b-75be-a7ea-d1eccc674f2b', '01a2109f-e329-70f1-8929-223bd8f8a8df', '01a2109f-e364-710c-b3b6-46df2a91c96c', '{"match": "e5917039-bf66-5b55-a3a6-34879bffc671", "rules": "matching-1", "score": 80, "commune": "220401", "reasons": [{"name": "skills", "points": 60}, {"name": "place", "points": 12}, {"name": "occupation", "points": 8}], "vacancy": "a55522da-a6f6-53b7-94f2-056a1449b187", "occupation": "6111"}'),
	('01a2109f-e507-7088-bd9e-2f88fef4380b', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 'employment', 'reintegration.employment.match-accepted.v1', 3, '2026-11-25 02:54:04.004714+00', '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', '01a2109f-e4e3-727c-a37e-52b5081329d3', NULL, '{"match": "2bfab7f2-d598-5469-8dd1-98d12670664d", "vacancy": "b7232c40-b649-5ace-b10d-bc2c340dc62f"}'),
	('01a2109f-e24c-7223-aba1-113421b25f3c', '01a2109f-de6b-75be-a7ea-d1e744816c40', 'notifications', 'reintegration.notifications.message-delivered.v1', 4, '2026-11-25 02:54:03.332453+00', '01a2109f-de6b-75be-a7ea-d1e80d0e3987', '01a2109f-e207-72ab-b80f-a5ad440a87af', '01a2109f-e21b-72df-a95a-16be45f3a357', '{"about": "01a2109f-e21b-72df-a95a-16be45f3a357", "channel": "sms", "message": "7ecc3a8f-0f72-57bb-a613-323a78a60ac4", "language": "km", "template": "farewell"}'),
	('01a2109f-e2b0-76f9-9078-cea85bb2aa4a', '01a2109f-de6b-75be-a7ea-d1edddc05837', 'notifications', 'reintegration.notifications.message-delivered.v1', 4, '2026-11-25 02:54:03.43267+00', '01a2109f-de6b-75be-a7ea-d1ee0310fc47', '01a2109f-e28c-722b-981f-383a0996d7fe', '01a2109f-e292-709a-b457-08900476ec8a', '{"about": "01a2109f-e292-709a-b457-08900476ec8a", "channel": "sms", "message": "03d75bf3-2df3-5832-b813-0956d681f1e3", "language": "km", "template": "referral-withdrawn"}'),
	('01a2109f-e309-75bd-87fb-92a178b0af0a', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 'training', 'reintegration.training.prior-learning-decided.v1', 1, '2026-11-25 02:54:03.50496+00', '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', '01a2109f-e2ee-71cb-9941-90b1449553e5', NULL, '{"code": "7787-9962-8745", "skills": ["rice-growing", "vegetable-growing", "pig-raising"], "decision": "recognised", "referral": "8a22efd9-7404-5cf9-ae20-037490e26057", "occupation": "6112", "application": "8a22efd9-7404-5cf9-ae20-037490e26057"}'),
	('01a2109f-e309-75bd-87fb-92a28fe2623a', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 'training', 'reintegration.training.skills-recognised.v1', 2, '2026-11-25 02:54:03.50496+00', '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', '01a2109f-e2ee-71cb-9941-90b1449553e5', '01a2109f-e309-75bd-87fb-92a178b0af0a', '{"via": "prior-learning", "skills": ["rice-growing", "vegetable-growing", "pig-raising"], "evidence": "8a22efd9-7404-5cf9-ae20-037490e26057"}'),
	('01a2109f-e350-7235-8fa0-196e63ba2dd5', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 'notifications', 'reintegration.notifications.message-delivered.v1', 4, '2026-11-25 02:54:03.579924+00', '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', '01a2109f-e2ee-71cb-9941-90b1449553e5', '01a2109f-e309-75bd-87fb-92a178b0af0a', '{"about": "01a2109f-e309-75bd-87fb-92a178b0af0a", "channel": "sms", "message": "0bc9754e-fea2-5eec-8c52-b69f574eaa07", "language": "km", "template": "prior-learning-recognised"}'),
	('01a2109f-e372-72d1-aa4c-baf4356ac7f5', '01a2109f-de6b-75be-a7ea-d1e9703ab29d', 'notifications', 'reintegration.notifications.message-delivered.v1', 4, '2026-11-25 02:54:03.616298+00', '01a2109f-de6b-75be-a7ea-d1ea223fb066', '01a2109f-e2e8-71ca-9855-b0af895f34b5', '01a2109f-e315-749a-9b1d-288b43c772a1', '{"about": "01a2109f-e315-749a-9b1d-288b43c772a1", "channel": "sms", "message": "8c03b425-003b-5af7-8609-2968570a861c", "language": "km", "template": "prior-learning-recognised"}'),
	('01a2109f-e3b1-749a-b66c-8331ec3674b2', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 'notifications', 'reintegration.notifications.message-delivered.v1', 5, '2026-11-25 02:54:03.656974+00', '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', '01a2109f-e2ee-71cb-9941-90b1449553e5', '01a2109f-e345-71c0-97b4-0412bdc5fe54', '{"about": "01a2109f-e345-71c0-97b4-0412bdc5fe54", "channel": "sms", "message": "8ca1d23e-7987-5aa8-abc7-96d0b55d0cef", "language": "km", "template": "match-proposed"}'),
	('01a2109f-e3b1-749a-b66c-833272cca450', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 'notifications', 'reintegration.notifications.message-delivered.v1', 6, '2026-11-25 02:54:03.656974+00', '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', '01a2109f-e2ee-71cb-9941-90b1449553e5', '01a2109f-e345-71c0-97b4-041111bf1cc8', '{"about": "01a2109f-e345-71c0-97b4-041111bf1cc8", "channel": "sms", "message": "ba2beb91-2e96-5eba-9397-f90f9fcfeb1d", "language": "km", "template": "match-proposed"}'),
	('01a2109f-e4ff-7715-8207-86927264ed1f', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', 'employment', 'reintegration.employment.match-accepted.v1', 4, '2026-11-25 02:54:03.999014+00', '01a2109f-de6b-75be-a7ea-d1eccc674f2b', '01a2109f-e4dd-7747-8027-f73a13dfdf87', NULL, '{"match": "75813680-a9fe-5c3c-95ab-3666e7d58d9a", "vacancy": "c97f9475-0e9a-5de6-b2f8-d663b53228ec"}'),
	('01a2109f-e562-7636-889a-3a07a8903881', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 'employment', 'reintegration.employment.placement-confirmed.v1', 4, '2026-11-25 02:54:04.103293+00', '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', '01a2109f-e541-7315-837d-0fa145996ba1', NULL, '{"match": "2bfab7f2-d598-5469-8dd1-98d12670664d", "starts": "2026-11-26", "commune": "220501", "vacancy": "b7232c40-b649-5ace-b10d-bc2c340dc62f", "employer": "sample-works-1", "occupation": "6111"}'),
	('01a2109f-e5cc-707b-be2f-0e016cd14529', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 'notifications', 'reintegration.notifications.message-delivered.v1', 8, '2026-11-25 02:54:04.228871+00', '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', '01a2109f-e541-7315-837d-0fa145996ba1', '01a2109f-e5ae-7099-a1f9-ea3b9087398a', '{"about": "01a2109f-e5ae-7099-a1f9-ea3b9087398a", "channel": "sms", "message": "fa6da528-de7e-5692-a20a-e59de7703c62", "language": "km", "template": "referral"}'),
	('01a2109f-eaa1-72b9-83a4-da66a287bfe6', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', 'employment', 'reintegration.employment.match-declined.v1', 6, '2026-11-25 02:54:05.454684+00', '01a2109f-de6b-75be-a7ea-d1eccc674f2b', '01a2109f-ea8c-74f3-8079-e4561e4a2af3', NULL, '{"match": "91c8bae2-6918-5280-bb41-b9c19fd6f7f9", "reason": "too-far", "vacancy": "b7232c40-b649-5ace-b10d-bc2c340dc62f"}'),
	('01a2109f-e54b-7010-bc41-d915b842315b', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', 'employment', 'reintegration.employment.placement-confirmed.v1', 5, '2026-11-25 02:54:04.101627+00', '01a2109f-de6b-75be-a7ea-d1eccc674f2b', '01a2109f-e543-7039-abf8-fa35ea6ca159', NULL, '{"match": "75813680-a9fe-5c3c-95ab-3666e7d58d9a", "starts": "2026-11-27", "commune": "220502", "vacancy": "c97f9475-0e9a-5de6-b2f8-d663b53228ec", "employer": "sample-works-1", "occupation": "6111"}'),
	('01a2109f-e5b6-766f-ac60-060211807f02', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 'notifications', 'reintegration.notifications.message-delivered.v1', 7, '2026-11-25 02:54:04.206935+00', '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', '01a2109f-e541-7315-837d-0fa145996ba1', '01a2109f-e562-7636-889a-3a07a8903881', '{"about": "01a2109f-e562-7636-889a-3a07a8903881", "channel": "sms", "message": "e6b30c94-423b-5970-b08f-08e7d034b8e3", "language": "km", "template": "placement-confirmed"}'),
	('01a2109f-e655-767a-ab7f-f6d41f5534ec', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 'notifications', 'reintegration.notifications.message-delivered.v1', 9, '2026-11-25 02:54:04.367065+00', '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', '01a2109f-e628-7111-a020-c6309ac29bf2', '01a2109f-e62e-7280-a152-fe76871402c9', '{"about": "01a2109f-e62e-7280-a152-fe76871402c9", "channel": "sms", "message": "c3ae2c6b-f7d8-5117-8442-16377a9f85e9", "language": "km", "template": "referral-accepted"}'),
	('01a2109f-ed86-72bd-85a5-f58e5560e4a3', '01a2109f-ed58-770e-bf2f-f161c93dcc87', 'training', 'reintegration.training.seat-reserved.v1', 1, '2026-11-25 02:54:06.212768+00', '01a2109f-ed58-770e-bf2f-f16232a86871', '01a2109f-ed60-74bf-bf4b-63e43b94f10d', '01a2109f-ed60-74bf-bf4b-63ee02f4caf9', '{"code": "1208-8753-5154", "course": "vegetables-c", "starts": "2026-11-25", "provider": "provider-c", "referral": "ad75f0fd-2e55-50b6-a9a5-562dfd8a368b"}');
INSERT INTO public.identity VALUES
	('01a2109f-de6b-75be-a7ea-d1e744816c40', '01a2109f-de9a-72c8-b742-2dd2449d78a2', '{"note": null, "phone": "+85519000014", "name_km": "លំហាត់ ពោតធំ", "id_number": "099000221", "birth_date": "2004-06-28", "name_latin": "Lumhat Pot Thum", "phone_owner": "self"}'),
	('01a2109f-de6b-75be-a7ea-d1e9703ab29d', '01a2109f-de9b-735a-a36c-f393cb4d0854', '{"note": "សូមទាក់ទងពេលព្រឹក", "phone": "+85519000024", "name_km": "លំហាត់ ត្របែកប្រផេះ", "id_number": "099000277", "birth_date": "2003-07-01", "name_latin": "Lumhat Trabaek Prapheh", "phone_owner": "self"}'),
	('01a2109f-de6b-75be-a7ea-d1ebebcc3258', '01a2109f-de9b-735a-a36c-f39527457861', '{"note": null, "phone": null, "name_km": "សាកល្បង ពោតក្រហម", "id_number": "099000298", "birth_date": "2001-11-03", "name_latin": "Saklbang Pot Kraham", "phone_owner": null}'),
	('01a2109f-de6b-75be-a7ea-d1edddc05837', '01a2109f-de9b-735a-a36c-f397da01f7e5', '{"note": "met at the job fair", "phone": "+85519000030", "name_km": "លំហាត់ ខ្ទឹមខ្លី", "id_number": "099000319", "birth_date": "1971-12-10", "name_latin": "Lumhat Khtuem Khley", "phone_owner": "self"}'),
	('01a2109f-de6b-75be-a7ea-d1ef1c9e5edc', '01a2109f-de9b-735a-a36c-f3999ba335be', '{"note": "met at the job fair", "phone": "+85519000039", "name_km": "សាកល្បង ដូងតូច", "id_number": "099000382", "birth_date": "1962-05-19", "name_latin": "Saklbang Dong Touch", "phone_owner": "family"}'),
	('01a2109f-de6b-75be-a7ea-d1f1c0cd317a', '01a2109f-de9b-735a-a36c-f39b8da817e8', '{"note": null, "phone": "+85519000040", "name_km": "សាកល្បង កៅអីខ្លី", "id_number": null, "birth_date": "1995-05-23", "name_latin": "Saklbang Kav-ey Khley", "phone_owner": "self"}'),
	('01a2109f-de6b-75be-a7ea-d1f352c2cd93', '01a2109f-de9b-735a-a36c-f39d001e56bf', '{"note": "ជួបនៅឃុំ", "phone": "+85519000045", "name_km": "ឧទាហរណ៍ ម្ទេសខ្មៅ", "id_number": "099000417", "birth_date": "2000-06-08", "name_latin": "Uteaharn Mtes Khmav", "phone_owner": "family"}'),
	('01a2109f-df20-7382-a953-d425efec716c', '01a2109f-df3d-74fe-a62e-5c450c4ab265', '{"note": null, "phone": "+85519000014", "name_km": "លំហាត់ ពោតធំ", "id_number": "099000221", "birth_date": "2004-06-28", "name_latin": "Lumhat Pot Thum", "phone_owner": "self"}'),
	('01a2109f-ed58-770e-bf2f-f161c93dcc87', '01a2109f-ed5f-703c-96a7-349fb1946175', '{"note": null, "phone": "+85519000050", "name_km": "សាកល្បង ស្ពៃធំ", "id_number": "099000452", "birth_date": "1983-10-21", "name_latin": "Saklbang Spey Thum", "phone_owner": "self"}'),
	('01a2109f-eef0-7649-939d-227c306425b4', '01a2109f-eef1-7670-9149-cce017d3d5cc', '{"note": "សូមទាក់ទងពេលព្រឹក", "phone": null, "name_km": "ឧទាហរណ៍ ពោតថ្មី", "id_number": "099000487", "birth_date": "1973-06-30", "name_latin": "Uteaharn Pot Thmey", "phone_owner": null}');
INSERT INTO public.inbox VALUES
	('intake', '01a2109f-dfb2-74d3-89f7-6ea0d58af47b', 1, 3),
	('intake', '01a2109f-dfb2-74d3-89f7-6ea188929d5e', 1, 4),
	('intake', '01a2109f-dfb2-74d3-89f7-6ea2ac9cff19', 1, 0),
	('intake', '01a2109f-dfb2-74d3-89f7-6ea39f242dc5', 1, 1),
	('intake', '01a2109f-dfb3-71d0-84c7-46b06f4e65db', 1, 2),
	('intake', '01a2109f-e031-7706-bd62-13f8c0ef83cc', 2, 0),
	('intake', '01a2109f-e09e-7187-95b7-0c3399db3d71', 3, 9),
	('intake', '01a2109f-e09f-73a4-b34b-318aa253dd05', 3, 0),
	('intake', '01a2109f-e09f-73a4-b34b-318b754772b4', 3, 10),
	('intake', '01a2109f-e09f-73a4-b34b-318cc8bab8cb', 3, 11),
	('intake', '01a2109f-e09f-73a4-b34b-318da4bc00f9', 3, 12),
	('intake', '01a2109f-e09f-73a4-b34b-318ec69b82ad', 3, 6),
	('intake', '01a2109f-e09f-73a4-b34b-318f58770269', 3, 1),
	('intake', '01a2109f-e09f-73a4-b34b-31909c3dd726', 3, 2),
	('intake', '01a2109f-e09f-73a4-b34b-31918d42ff1f', 3, 13),
	('intake', '01a2109f-e09f-73a4-b34b-319263e8ba5c', 3, 14),
	('intake', '01a2109f-e09f-73a4-b34b-319371a9c15d', 3, 3),
	('intake', '01a2109f-e09f-73a4-b34b-31940b23c364', 3, 4),
	('intake', '01a2109f-e09f-73a4-b34b-3195915a2830', 3, 7),
	('intake', '01a2109f-e09f-73a4-b34b-3196beabd438', 3, 8),
	('intake', '01a2109f-e09f-73a4-b34b-319770f56537', 3, 15),
	('intake', '01a2109f-e09f-73a4-b34b-3198c4766666', 3, 5),
	('intake', '01a2109f-e0e1-759f-875f-d2174b74acca', 4, 2),
	('intake', '01a2109f-e0e1-759f-875f-d218e7712578', 4, 3),
	('intake', '01a2109f-e0e1-759f-875f-d219783eee08', 4, 0),
	('intake', '01a2109f-e0e1-759f-875f-d21a37894e55', 4, 4),
	('intake', '01a2109f-e0e1-759f-875f-d21bf82a0d6e', 4, 1),
	('intake', '01a2109f-e0e1-759f-875f-d21c871c0d49', 4, 5),
	('intake', '01a2109f-e0e1-759f-875f-d21d5da6fa38', 4, 6),
	('intake', '01a2109f-e0e1-759f-875f-d21e57c15289', 4, 7),
	('intake', '01a2109f-e24c-7223-aba1-113421b25f3c', 5, 0),
	('intake', '01a2109f-e278-77da-bbf8-ee9ea6e9e53d', 6, 0),
	('intake', '01a2109f-e2b0-76f9-9078-cea85bb2aa4a', 7, 0),
	('intake', '01a2109f-e2f8-74d8-954d-9ec052b7daf4', 8, 0),
	('intake', '01a2109f-e309-75bd-87fb-92a178b0af0a', 9, 0),
	('intake', '01a2109f-e309-75bd-87fb-92a28fe2623a', 9, 1),
	('intake', '01a2109f-e315-749a-9b1d-288b43c772a1', 10, 0),
	('intake', '01a2109f-e315-749a-9b1d-288c81a08486', 10, 1),
	('intake', '01a2109f-e350-7235-8fa0-196e63ba2dd5', 11, 0),
	('intake', '01a2109f-e345-71c0-97b4-041111bf1cc8', 12, 2),
	('intake', '01a2109f-e345-71c0-97b4-0412bdc5fe54', 12, 3),
	('intake', '01a2109f-e364-710c-b3b6-46de78d7ecd5', 12, 0),
	('intake', '01a2109f-e364-710c-b3b6-46df2a91c96c', 12, 1),
	('intake', '01a2109f-e372-72d1-aa4c-baf4356ac7f5', 13, 0),
	('intake', '01a2109f-e39b-7389-ba6e-90aeefc55668', 14, 0),
	('intake', '01a2109f-e39b-7389-ba6e-90af3ff64038', 14, 1),
	('intake', '01a2109f-e39b-7389-ba6e-90b0adf453bb', 14, 2),
	('intake', '01a2109f-e3b1-749a-b66c-8331ec3674b2', 15, 0),
	('intake', '01a2109f-e3b1-749a-b66c-833272cca450', 15, 1),
	('intake', '01a2109f-e507-7088-bd9e-2f88fef4380b', 16, 0),
	('intake', '01a2109f-e4ff-7715-8207-86927264ed1f', 17, 0),
	('intake', '01a2109f-e54b-7010-bc41-d915b842315b', 18, 0),
	('intake', '01a2109f-e562-7636-889a-3a07a8903881', 19, 0),
	('intake', '01a2109f-e5b6-766f-ac60-060211807f02', 20, 0),
	('intake', '01a2109f-e5cc-707b-be2f-0e016cd14529', 21, 0),
	('intake', '01a2109f-e655-767a-ab7f-f6d41f5534ec', 22, 0),
	('intake', '01a2109f-eaa1-72b9-83a4-da66a287bfe6', 23, 0),
	('intake', '01a2109f-ed86-72bd-85a5-f58e5560e4a3', 24, 0);
INSERT INTO public.ledger OVERRIDING SYSTEM VALUE VALUES
	(1, '01a2109f-deaa-7186-8307-64b3aeb587b9', 'intake', 'reintegration.intake.case-registered.v1', '01a2109f-de6b-75be-a7ea-d1e744816c40', 1, '01a2109f-de6b-75be-a7ea-d1e80d0e3987', '2026-11-25 02:54:02.345341+00', '01a2109f-deaa-7186-8307-64b173a621a5', NULL, '00-01a2109fdeaa7186830764b173a621a5-830764b3aeb587b9-01', '{"centre":"oddar-meanchey","commune":"220501","sector":"agriculture","occupation":"6112","skills_claimed":["mushroom-growing"],"work_limits":[]}'),
	(2, '01a2109f-deaa-7186-8307-64b452d9e1ef', 'intake', 'reintegration.intake.contact-changed.v1', '01a2109f-de6b-75be-a7ea-d1e744816c40', 2, NULL, '2026-11-25 02:54:02.345341+00', '01a2109f-deaa-7186-8307-64b173a621a5', '01a2109f-deaa-7186-8307-64b3aeb587b9', '00-01a2109fdeaa7186830764b173a621a5-830764b452d9e1ef-01', '{"contact":"01a2109f-de9a-72c8-b742-2dd2449d78a2","channel":"sms","language":"km"}'),
	(3, '01a2109f-deaa-7186-8307-64b5c4867983', 'intake', 'reintegration.intake.consent-given.v1', '01a2109f-de6b-75be-a7ea-d1e744816c40', 3, NULL, '2026-11-25 02:54:02.345341+00', '01a2109f-deaa-7186-8307-64b173a621a5', '01a2109f-deaa-7186-8307-64b3aeb587b9', '00-01a2109fdeaa7186830764b173a621a5-830764b5c4867983-01', '{"purpose":"services","text_version":"form-1","given":"signed","expires":null}'),
	(4, '01a2109f-deaa-7186-8307-64b644136802', 'intake', 'reintegration.intake.consent-given.v1', '01a2109f-de6b-75be-a7ea-d1e744816c40', 4, NULL, '2026-11-25 02:54:02.345341+00', '01a2109f-deaa-7186-8307-64b173a621a5', '01a2109f-deaa-7186-8307-64b3aeb587b9', '00-01a2109fdeaa7186830764b173a621a5-830764b644136802-01', '{"purpose":"employment","text_version":"form-1","given":"signed","expires":null}'),
	(5, '01a2109f-deaa-7186-8307-64b75509fee5', 'intake', 'reintegration.intake.consent-given.v1', '01a2109f-de6b-75be-a7ea-d1e744816c40', 5, NULL, '2026-11-25 02:54:02.345341+00', '01a2109f-deaa-7186-8307-64b173a621a5', '01a2109f-deaa-7186-8307-64b3aeb587b9', '00-01a2109fdeaa7186830764b173a621a5-830764b75509fee5-01', '{"purpose":"messages","text_version":"form-1","given":"signed","expires":null}'),
	(6, '01a2109f-deaa-7186-8307-64b8cab930b6', 'intake', 'reintegration.intake.consent-given.v1', '01a2109f-de6b-75be-a7ea-d1e744816c40', 6, NULL, '2026-11-25 02:54:02.345341+00', '01a2109f-deaa-7186-8307-64b173a621a5', '01a2109f-deaa-7186-8307-64b3aeb587b9', '00-01a2109fdeaa7186830764b173a621a5-830764b8cab930b6-01', '{"purpose":"social-protection","text_version":"form-1","given":"signed","expires":null}'),
	(7, '01a2109f-deaa-7186-8307-64b9616d5783', 'intake', 'reintegration.intake.needs-assessed.v1', '01a2109f-de6b-75be-a7ea-d1e744816c40', 7, '01a2109f-de6b-75be-a7ea-d1e80d0e3987', '2026-11-25 02:54:02.345341+00', '01a2109f-deaa-7186-8307-64b173a621a5', '01a2109f-deaa-7186-8307-64b3aeb587b9', '00-01a2109fdeaa7186830764b173a621a5-830764b9616d5783-01', '{"questionnaire":"intake-1","needs":["training","job","social-protection"]}'),
	(8, '01a2109f-deaa-7186-8307-64badae89b4d', 'intake', 'reintegration.intake.plan-agreed.v1', '01a2109f-de6b-75be-a7ea-d1e744816c40', 8, '01a2109f-de6b-75be-a7ea-d1e80d0e3987', '2026-11-25 02:54:02.345341+00', '01a2109f-deaa-7186-8307-64b173a621a5', '01a2109f-deaa-7186-8307-64b3aeb587b9', '00-01a2109fdeaa7186830764b173a621a5-830764badae89b4d-01', '{"plan":"01a2109f-de9a-72c8-b742-2dd36a8e2251","services":["course","employment"]}'),
	(9, '01a2109f-deaa-7186-8307-64bbc10568dc', 'intake', 'reintegration.intake.referral-requested.v1', '01a2109f-de6b-75be-a7ea-d1e744816c40', 9, '01a2109f-de6b-75be-a7ea-d1e80d0e3987', '2026-11-25 02:54:02.345341+00', '01a2109f-deaa-7186-8307-64b173a621a5', '01a2109f-deaa-7186-8307-64b3aeb587b9', '00-01a2109fdeaa7186830764b173a621a5-830764bbc10568dc-01', '{"referral":"5944e64f-81e3-57b2-b857-ab52b616efdd","code":"1480-0605-4462","kind":"course","provider":"provider-c","course":"vegetables-c","scheme":null,"occupation":null,"priority":"normal"}'),
	(10, '01a2109f-deaa-7186-8307-64bc615d31c4', 'intake', 'reintegration.intake.referral-requested.v1', '01a2109f-de6b-75be-a7ea-d1e744816c40', 10, '01a2109f-de6b-75be-a7ea-d1e80d0e3987', '2026-11-25 02:54:02.345341+00', '01a2109f-deaa-7186-8307-64b173a621a5', '01a2109f-deaa-7186-8307-64b3aeb587b9', '00-01a2109fdeaa7186830764b173a621a5-830764bc615d31c4-01', '{"referral":"2c39e951-35fe-556e-938e-8c09f6ccac3e","code":"1811-3007-2205","kind":"employment","provider":null,"course":null,"scheme":null,"occupation":null,"priority":"normal"}'),
	(11, '01a2109f-deaa-7186-8307-64bf93f466cd', 'intake', 'reintegration.intake.case-registered.v1', '01a2109f-de6b-75be-a7ea-d1e9703ab29d', 1, '01a2109f-de6b-75be-a7ea-d1ea223fb066', '2026-11-25 02:54:02.345341+00', '01a2109f-deaa-7186-8307-64bdec85568f', NULL, '00-01a2109fdeaa7186830764bdec85568f-830764bf93f466cd-01', '{"centre":"oddar-meanchey","commune":"220401","sector":"agriculture","occupation":"6112","skills_claimed":["vegetable-growing","fruit-tree-care","poultry-raising"],"work_limits":[]}'),
	(12, '01a2109f-deaa-7186-8307-64c0fa852265', 'intake', 'reintegration.intake.contact-changed.v1', '01a2109f-de6b-75be-a7ea-d1e9703ab29d', 2, NULL, '2026-11-25 02:54:02.345341+00', '01a2109f-deaa-7186-8307-64bdec85568f', '01a2109f-deaa-7186-8307-64bf93f466cd', '00-01a2109fdeaa7186830764bdec85568f-830764c0fa852265-01', '{"contact":"01a2109f-de9b-735a-a36c-f393cb4d0854","channel":"sms","language":"km"}'),
	(13, '01a2109f-deaa-7186-8307-64c18e0fb9f9', 'intake', 'reintegration.intake.consent-given.v1', '01a2109f-de6b-75be-a7ea-d1e9703ab29d', 3, NULL, '2026-11-25 02:54:02.345341+00', '01a2109f-deaa-7186-8307-64bdec85568f', '01a2109f-deaa-7186-8307-64bf93f466cd', '00-01a2109fdeaa7186830764bdec85568f-830764c18e0fb9f9-01', '{"purpose":"services","text_version":"form-1","given":"signed","expires":null}'),
	(14, '01a2109f-deaa-7186-8307-64c2f4cdb0e9', 'intake', 'reintegration.intake.consent-given.v1', '01a2109f-de6b-75be-a7ea-d1e9703ab29d', 4, NULL, '2026-11-25 02:54:02.345341+00', '01a2109f-deaa-7186-8307-64bdec85568f', '01a2109f-deaa-7186-8307-64bf93f466cd', '00-01a2109fdeaa7186830764bdec85568f-830764c2f4cdb0e9-01', '{"purpose":"employment","text_version":"form-1","given":"signed","expires":null}'),
	(15, '01a2109f-deaa-7186-8307-64c32b29d37d', 'intake', 'reintegration.intake.consent-given.v1', '01a2109f-de6b-75be-a7ea-d1e9703ab29d', 5, NULL, '2026-11-25 02:54:02.345341+00', '01a2109f-deaa-7186-8307-64bdec85568f', '01a2109f-deaa-7186-8307-64bf93f466cd', '00-01a2109fdeaa7186830764bdec85568f-830764c32b29d37d-01', '{"purpose":"messages","text_version":"form-1","given":"signed","expires":null}'),
	(16, '01a2109f-deaa-7186-8307-64c45f1b05aa', 'intake', 'reintegration.intake.consent-given.v1', '01a2109f-de6b-75be-a7ea-d1e9703ab29d', 6, NULL, '2026-11-25 02:54:02.345341+00', '01a2109f-deaa-7186-8307-64bdec85568f', '01a2109f-deaa-7186-8307-64bf93f466cd', '00-01a2109fdeaa7186830764bdec85568f-830764c45f1b05aa-01', '{"purpose":"social-protection","text_version":"form-1","given":"signed","expires":null}'),
	(17, '01a2109f-deaa-7186-8307-64c5033d52b4', 'intake', 'reintegration.intake.needs-assessed.v1', '01a2109f-de6b-75be-a7ea-d1e9703ab29d', 7, '01a2109f-de6b-75be-a7ea-d1ea223fb066', '2026-11-25 02:54:02.345341+00', '01a2109f-deaa-7186-8307-64bdec85568f', '01a2109f-deaa-7186-8307-64bf93f466cd', '00-01a2109fdeaa7186830764bdec85568f-830764c5033d52b4-01', '{"questionnaire":"intake-1","needs":["recognition","job"]}'),
	(18, '01a2109f-deaa-7186-8307-64c6072d31d3', 'intake', 'reintegration.intake.plan-agreed.v1', '01a2109f-de6b-75be-a7ea-d1e9703ab29d', 8, '01a2109f-de6b-75be-a7ea-d1ea223fb066', '2026-11-25 02:54:02.345341+00', '01a2109f-deaa-7186-8307-64bdec85568f', '01a2109f-deaa-7186-8307-64bf93f466cd', '00-01a2109fdeaa7186830764bdec85568f-830764c6072d31d3-01', '{"plan":"01a2109f-de9b-735a-a36c-f394238aceaf","services":["prior-learning","employment"]}'),
	(19, '01a2109f-deaa-7186-8307-64c76f402b42', 'intake', 'reintegration.intake.referral-requested.v1', '01a2109f-de6b-75be-a7ea-d1e9703ab29d', 9, '01a2109f-de6b-75be-a7ea-d1ea223fb066', '2026-11-25 02:54:02.345341+00', '01a2109f-deaa-7186-8307-64bdec85568f', '01a2109f-deaa-7186-8307-64bf93f466cd', '00-01a2109fdeaa7186830764bdec85568f-830764c76f402b42-01', '{"referral":"15c80258-e804-55d7-afa5-b2157c3c01a7","code":"3043-4048-9347","kind":"prior-learning","provider":"provider-c","course":null,"scheme":null,"occupation":"6112","priority":"normal"}'),
	(20, '01a2109f-deaa-7186-8307-64c8c1c6306b', 'intake', 'reintegration.intake.referral-requested.v1', '01a2109f-de6b-75be-a7ea-d1e9703ab29d', 10, '01a2109f-de6b-75be-a7ea-d1ea223fb066', '2026-11-25 02:54:02.345341+00', '01a2109f-deaa-7186-8307-64bdec85568f', '01a2109f-deaa-7186-8307-64bf93f466cd', '00-01a2109fdeaa7186830764bdec85568f-830764c8c1c6306b-01', '{"referral":"7ef1a2b2-05d1-50c5-a6be-30e2311bd46c","code":"3163-5276-4289","kind":"employment","provider":null,"course":null,"scheme":null,"occupation":null,"priority":"normal"}'),
	(21, '01a2109f-deab-7423-a1b6-21205fde52bd', 'intake', 'reintegration.intake.case-registered.v1', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', 1, '01a2109f-de6b-75be-a7ea-d1eccc674f2b', '2026-11-25 02:54:02.345341+00', '01a2109f-deab-7423-a1b6-211ea3d9a365', NULL, '00-01a2109fdeab7423a1b6211ea3d9a365-a1b621205fde52bd-01', '{"centre":"oddar-meanchey","commune":"220502","sector":"agriculture","occupation":"6112","skills_claimed":["compost-making","fruit-tree-care"],"work_limits":[]}'),
	(22, '01a2109f-deab-7423-a1b6-2121c2faa235', 'intake', 'reintegration.intake.contact-changed.v1', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', 2, NULL, '2026-11-25 02:54:02.345341+00', '01a2109f-deab-7423-a1b6-211ea3d9a365', '01a2109f-deab-7423-a1b6-21205fde52bd', '00-01a2109fdeab7423a1b6211ea3d9a365-a1b62121c2faa235-01', '{"contact":"01a2109f-de9b-735a-a36c-f39527457861","channel":"none","language":"km"}'),
	(23, '01a2109f-deab-7423-a1b6-21222ac8a4f8', 'intake', 'reintegration.intake.consent-given.v1', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', 3, NULL, '2026-11-25 02:54:02.345341+00', '01a2109f-deab-7423-a1b6-211ea3d9a365', '01a2109f-deab-7423-a1b6-21205fde52bd', '00-01a2109fdeab7423a1b6211ea3d9a365-a1b621222ac8a4f8-01', '{"purpose":"services","text_version":"form-1","given":"signed","expires":null}'),
	(24, '01a2109f-deab-7423-a1b6-2123d3765ae4', 'intake', 'reintegration.intake.consent-given.v1', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', 4, NULL, '2026-11-25 02:54:02.345341+00', '01a2109f-deab-7423-a1b6-211ea3d9a365', '01a2109f-deab-7423-a1b6-21205fde52bd', '00-01a2109fdeab7423a1b6211ea3d9a365-a1b62123d3765ae4-01', '{"purpose":"employment","text_version":"form-1","given":"signed","expires":null}'),
	(25, '01a2109f-deab-7423-a1b6-212448ae7dc8', 'intake', 'reintegration.intake.consent-given.v1', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', 5, NULL, '2026-11-25 02:54:02.345341+00', '01a2109f-deab-7423-a1b6-211ea3d9a365', '01a2109f-deab-7423-a1b6-21205fde52bd', '00-01a2109fdeab7423a1b6211ea3d9a365-a1b6212448ae7dc8-01', '{"purpose":"messages","text_version":"form-1","given":"signed","expires":null}'),
	(26, '01a2109f-deab-7423-a1b6-21251e1d905c', 'intake', 'reintegration.intake.consent-given.v1', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', 6, NULL, '2026-11-25 02:54:02.345341+00', '01a2109f-deab-7423-a1b6-211ea3d9a365', '01a2109f-deab-7423-a1b6-21205fde52bd', '00-01a2109fdeab7423a1b6211ea3d9a365-a1b621251e1d905c-01', '{"purpose":"social-protection","text_version":"form-1","given":"signed","expires":null}'),
	(27, '01a2109f-deab-7423-a1b6-21268806c558', 'intake', 'reintegration.intake.needs-assessed.v1', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', 7, '01a2109f-de6b-75be-a7ea-d1eccc674f2b', '2026-11-25 02:54:02.345341+00', '01a2109f-deab-7423-a1b6-211ea3d9a365', '01a2109f-deab-7423-a1b6-21205fde52bd', '00-01a2109fdeab7423a1b6211ea3d9a365-a1b621268806c558-01', '{"questionnaire":"intake-1","needs":["training","job","social-protection"]}'),
	(28, '01a2109f-deab-7423-a1b6-2127c8fd977c', 'intake', 'reintegration.intake.plan-agreed.v1', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', 8, '01a2109f-de6b-75be-a7ea-d1eccc674f2b', '2026-11-25 02:54:02.345341+00', '01a2109f-deab-7423-a1b6-211ea3d9a365', '01a2109f-deab-7423-a1b6-21205fde52bd', '00-01a2109fdeab7423a1b6211ea3d9a365-a1b62127c8fd977c-01', '{"plan":"01a2109f-de9b-735a-a36c-f396d910c862","services":["course","employment"]}'),
	(29, '01a2109f-deab-7423-a1b6-2128ba5eeca9', 'intake', 'reintegration.intake.referral-requested.v1', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', 9, '01a2109f-de6b-75be-a7ea-d1eccc674f2b', '2026-11-25 02:54:02.345341+00', '01a2109f-deab-7423-a1b6-211ea3d9a365', '01a2109f-deab-7423-a1b6-21205fde52bd', '00-01a2109fdeab7423a1b6211ea3d9a365-a1b62128ba5eeca9-01', '{"referral":"9b62dfaa-0d02-5ae9-9149-955970491afd","code":"4118-6997-2625","kind":"course","provider":"provider-c","course":"vegetables-c","scheme":null,"occupation":null,"priority":"normal"}'),
	(30, '01a2109f-deab-7423-a1b6-21295825e1da', 'intake', 'reintegration.intake.referral-requested.v1', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', 10, '01a2109f-de6b-75be-a7ea-d1eccc674f2b', '2026-11-25 02:54:02.345341+00', '01a2109f-deab-7423-a1b6-211ea3d9a365', '01a2109f-deab-7423-a1b6-21205fde52bd', '00-01a2109fdeab7423a1b6211ea3d9a365-a1b621295825e1da-01', '{"referral":"41eea308-b859-558b-8aad-73231242b4bf","code":"4700-6214-5792","kind":"employment","provider":null,"course":null,"scheme":null,"occupation":null,"priority":"normal"}'),
	(31, '01a2109f-deab-7423-a1b6-212c477d30a2', 'intake', 'reintegration.intake.case-registered.v1', '01a2109f-de6b-75be-a7ea-d1edddc05837', 1, '01a2109f-de6b-75be-a7ea-d1ee0310fc47', '2026-11-25 02:54:02.345341+00', '01a2109f-deab-7423-a1b6-212a04cd69c0', NULL, '00-01a2109fdeab7423a1b6212a04cd69c0-a1b6212c477d30a2-01', '{"centre":"oddar-meanchey","commune":"220103","sector":"agriculture","occupation":"9211","skills_claimed":["cassava-growing","rubber-tapping"],"work_limits":[]}'),
	(32, '01a2109f-deab-7423-a1b6-212df8c3be70', 'intake', 'reintegration.intake.contact-changed.v1', '01a2109f-de6b-75be-a7ea-d1edddc05837', 2, NULL, '2026-11-25 02:54:02.345341+00', '01a2109f-deab-7423-a1b6-212a04cd69c0', '01a2109f-deab-7423-a1b6-212c477d30a2', '00-01a2109fdeab7423a1b6212a04cd69c0-a1b6212df8c3be70-01', '{"contact":"01a2109f-de9b-735a-a36c-f397da01f7e5","channel":"sms","language":"km"}'),
	(33, '01a2109f-deab-7423-a1b6-212e9767cad0', 'intake', 'reintegration.intake.consent-given.v1', '01a2109f-de6b-75be-a7ea-d1edddc05837', 3, NULL, '2026-11-25 02:54:02.345341+00', '01a2109f-deab-7423-a1b6-212a04cd69c0', '01a2109f-deab-7423-a1b6-212c477d30a2', '00-01a2109fdeab7423a1b6212a04cd69c0-a1b6212e9767cad0-01', '{"purpose":"services","text_version":"form-1","given":"signed","expires":null}'),
	(34, '01a2109f-deab-7423-a1b6-212f0a26e5f4', 'intake', 'reintegration.intake.consent-given.v1', '01a2109f-de6b-75be-a7ea-d1edddc05837', 4, NULL, '2026-11-25 02:54:02.345341+00', '01a2109f-deab-7423-a1b6-212a04cd69c0', '01a2109f-deab-7423-a1b6-212c477d30a2', '00-01a2109fdeab7423a1b6212a04cd69c0-a1b6212f0a26e5f4-01', '{"purpose":"employment","text_version":"form-1","given":"signed","expires":null}'),
	(35, '01a2109f-deab-7423-a1b6-21300b1dae61', 'intake', 'reintegration.intake.consent-given.v1', '01a2109f-de6b-75be-a7ea-d1edddc05837', 5, NULL, '2026-11-25 02:54:02.345341+00', '01a2109f-deab-7423-a1b6-212a04cd69c0', '01a2109f-deab-7423-a1b6-212c477d30a2', '00-01a2109fdeab7423a1b6212a04cd69c0-a1b621300b1dae61-01', '{"purpose":"messages","text_version":"form-1","given":"signed","expires":null}'),
	(36, '01a2109f-deab-7423-a1b6-2131a33b3820', 'intake', 'reintegration.intake.consent-given.v1', '01a2109f-de6b-75be-a7ea-d1edddc05837', 6, NULL, '2026-11-25 02:54:02.345341+00', '01a2109f-deab-7423-a1b6-212a04cd69c0', '01a2109f-deab-7423-a1b6-212c477d30a2', '00-01a2109fdeab7423a1b6212a04cd69c0-a1b62131a33b3820-01', '{"purpose":"social-protection","text_version":"form-1","given":"signed","expires":null}'),
	(37, '01a2109f-deab-7423-a1b6-213216b19b0d', 'intake', 'reintegration.intake.needs-assessed.v1', '01a2109f-de6b-75be-a7ea-d1edddc05837', 7, '01a2109f-de6b-75be-a7ea-d1ee0310fc47', '2026-11-25 02:54:02.345341+00', '01a2109f-deab-7423-a1b6-212a04cd69c0', '01a2109f-deab-7423-a1b6-212c477d30a2', '00-01a2109fdeab7423a1b6212a04cd69c0-a1b6213216b19b0d-01', '{"questionnaire":"intake-1","needs":["training","job","social-protection"]}'),
	(38, '01a2109f-deab-7423-a1b6-2133e4443eff', 'intake', 'reintegration.intake.plan-agreed.v1', '01a2109f-de6b-75be-a7ea-d1edddc05837', 8, '01a2109f-de6b-75be-a7ea-d1ee0310fc47', '2026-11-25 02:54:02.345341+00', '01a2109f-deab-7423-a1b6-212a04cd69c0', '01a2109f-deab-7423-a1b6-212c477d30a2', '00-01a2109fdeab7423a1b6212a04cd69c0-a1b62133e4443eff-01', '{"plan":"01a2109f-de9b-735a-a36c-f398ad9cfd20","services":["course","employment"]}'),
	(39, '01a2109f-deab-7423-a1b6-213458400f47', 'intake', 'reintegration.intake.referral-requested.v1', '01a2109f-de6b-75be-a7ea-d1edddc05837', 9, '01a2109f-de6b-75be-a7ea-d1ee0310fc47', '2026-11-25 02:54:02.345341+00', '01a2109f-deab-7423-a1b6-212a04cd69c0', '01a2109f-deab-7423-a1b6-212c477d30a2', '00-01a2109fdeab7423a1b6212a04cd69c0-a1b6213458400f47-01', '{"referral":"fa1ec0ec-7560-5b0b-8fa1-2d9c9588a199","code":"5020-2831-3917","kind":"course","provider":"provider-c","course":"vegetables-c","scheme":null,"occupation":null,"priority":"normal"}'),
	(40, '01a2109f-deab-7423-a1b6-21350461289b', 'intake', 'reintegration.intake.referral-requested.v1', '01a2109f-de6b-75be-a7ea-d1edddc05837', 10, '01a2109f-de6b-75be-a7ea-d1ee0310fc47', '2026-11-25 02:54:02.345341+00', '01a2109f-deab-7423-a1b6-212a04cd69c0', '01a2109f-deab-7423-a1b6-212c477d30a2', '00-01a2109fdeab7423a1b6212a04cd69c0-a1b621350461289b-01', '{"referral":"9041c939-85b7-5d7b-8237-a5f1df370648","code":"5872-9936-9961","kind":"employment","provider":null,"course":null,"scheme":null,"occupation":null,"priority":"normal"}'),
	(41, '01a2109f-deab-7423-a1b6-2138a860c27a', 'intake', 'reintegration.intake.case-registered.v1', '01a2109f-de6b-75be-a7ea-d1ef1c9e5edc', 1, '01a2109f-de6b-75be-a7ea-d1f0d323d9f1', '2026-11-25 02:54:02.345341+00', '01a2109f-deab-7423-a1b6-2136f573ce5a', NULL, '00-01a2109fdeab7423a1b62136f573ce5a-a1b62138a860c27a-01', '{"centre":"oddar-meanchey","commune":"220504","sector":"agriculture","occupation":"6111","skills_claimed":["pig-raising","fruit-tree-care","cassava-growing"],"work_limits":[]}'),
	(42, '01a2109f-deab-7423-a1b6-213970c398b8', 'intake', 'reintegration.intake.contact-changed.v1', '01a2109f-de6b-75be-a7ea-d1ef1c9e5edc', 2, NULL, '2026-11-25 02:54:02.345341+00', '01a2109f-deab-7423-a1b6-2136f573ce5a', '01a2109f-deab-7423-a1b6-2138a860c27a', '00-01a2109fdeab7423a1b62136f573ce5a-a1b6213970c398b8-01', '{"contact":"01a2109f-de9b-735a-a36c-f3999ba335be","channel":"voice","language":"km"}'),
	(43, '01a2109f-deab-7423-a1b6-213a57b13f0d', 'intake', 'reintegration.intake.consent-given.v1', '01a2109f-de6b-75be-a7ea-d1ef1c9e5edc', 3, NULL, '2026-11-25 02:54:02.345341+00', '01a2109f-deab-7423-a1b6-2136f573ce5a', '01a2109f-deab-7423-a1b6-2138a860c27a', '00-01a2109fdeab7423a1b62136f573ce5a-a1b6213a57b13f0d-01', '{"purpose":"services","text_version":"form-1","given":"signed","expires":null}'),
	(44, '01a2109f-deab-7423-a1b6-213b865bf657', 'intake', 'reintegration.intake.consent-given.v1', '01a2109f-de6b-75be-a7ea-d1ef1c9e5edc', 4, NULL, '2026-11-25 02:54:02.345341+00', '01a2109f-deab-7423-a1b6-2136f573ce5a', '01a2109f-deab-7423-a1b6-2138a860c27a', '00-01a2109fdeab7423a1b62136f573ce5a-a1b6213b865bf657-01', '{"purpose":"employment","text_version":"form-1","given":"signed","expires":null}'),
	(45, '01a2109f-deab-7423-a1b6-213c19297196', 'intake', 'reintegration.intake.consent-given.v1', '01a2109f-de6b-75be-a7ea-d1ef1c9e5edc', 5, NULL, '2026-11-25 02:54:02.345341+00', '01a2109f-deab-7423-a1b6-2136f573ce5a', '01a2109f-deab-7423-a1b6-2138a860c27a', '00-01a2109fdeab7423a1b62136f573ce5a-a1b6213c19297196-01', '{"purpose":"messages","text_version":"form-1","given":"signed","expires":null}'),
	(46, '01a2109f-deab-7423-a1b6-213d7ee54446', 'intake', 'reintegration.intake.consent-given.v1', '01a2109f-de6b-75be-a7ea-d1ef1c9e5edc', 6, NULL, '2026-11-25 02:54:02.345341+00', '01a2109f-deab-7423-a1b6-2136f573ce5a', '01a2109f-deab-7423-a1b6-2138a860c27a', '00-01a2109fdeab7423a1b62136f573ce5a-a1b6213d7ee54446-01', '{"purpose":"social-protection","text_version":"form-1","given":"signed","expires":null}'),
	(93, '01a2109f-e241-708f-a483-8648ce886d33', 'intake', 'reintegration.intake.case-closed.v1', '01a2109f-df20-7382-a953-d425efec716c', 13, '01a2109f-df20-7382-a953-d426b6e6eed9', '2026-11-25 02:54:03.31021+00', '01a2109f-e22d-7671-8275-0921bd2caf49', '01a2109f-e241-708f-a483-86476ded580e', '00-01a2109fe22d767182750921bd2caf49-a4838648ce886d33-01', '{"reason":"moved-away"}'),
	(47, '01a2109f-deab-7423-a1b6-213ea4a51e6f', 'intake', 'reintegration.intake.needs-assessed.v1', '01a2109f-de6b-75be-a7ea-d1ef1c9e5edc', 7, '01a2109f-de6b-75be-a7ea-d1f0d323d9f1', '2026-11-25 02:54:02.345341+00', '01a2109f-deab-7423-a1b6-2136f573ce5a', '01a2109f-deab-7423-a1b6-2138a860c27a', '00-01a2109fdeab7423a1b62136f573ce5a-a1b6213ea4a51e6f-01', '{"questionnaire":"intake-1","needs":["training","job","social-protection"]}'),
	(48, '01a2109f-deab-7423-a1b6-213fd38f6fb6', 'intake', 'reintegration.intake.plan-agreed.v1', '01a2109f-de6b-75be-a7ea-d1ef1c9e5edc', 8, '01a2109f-de6b-75be-a7ea-d1f0d323d9f1', '2026-11-25 02:54:02.345341+00', '01a2109f-deab-7423-a1b6-2136f573ce5a', '01a2109f-deab-7423-a1b6-2138a860c27a', '00-01a2109fdeab7423a1b62136f573ce5a-a1b6213fd38f6fb6-01', '{"plan":"01a2109f-de9b-735a-a36c-f39a03bd927a","services":["course","employment"]}'),
	(49, '01a2109f-deab-7423-a1b6-214005b8dee6', 'intake', 'reintegration.intake.referral-requested.v1', '01a2109f-de6b-75be-a7ea-d1ef1c9e5edc', 9, '01a2109f-de6b-75be-a7ea-d1f0d323d9f1', '2026-11-25 02:54:02.345341+00', '01a2109f-deab-7423-a1b6-2136f573ce5a', '01a2109f-deab-7423-a1b6-2138a860c27a', '00-01a2109fdeab7423a1b62136f573ce5a-a1b6214005b8dee6-01', '{"referral":"05507489-1e4b-56ca-9a79-ecbf3f751480","code":"7018-5339-4971","kind":"course","provider":"provider-c","course":"vegetables-c","scheme":null,"occupation":null,"priority":"normal"}'),
	(50, '01a2109f-deab-7423-a1b6-21411bcd0de9', 'intake', 'reintegration.intake.referral-requested.v1', '01a2109f-de6b-75be-a7ea-d1ef1c9e5edc', 10, '01a2109f-de6b-75be-a7ea-d1f0d323d9f1', '2026-11-25 02:54:02.345341+00', '01a2109f-deab-7423-a1b6-2136f573ce5a', '01a2109f-deab-7423-a1b6-2138a860c27a', '00-01a2109fdeab7423a1b62136f573ce5a-a1b621411bcd0de9-01', '{"referral":"135f0175-7578-567e-89e7-7ee8e15f96aa","code":"7266-7299-2260","kind":"employment","provider":null,"course":null,"scheme":null,"occupation":null,"priority":"normal"}'),
	(51, '01a2109f-deab-7423-a1b6-21447cca531f', 'intake', 'reintegration.intake.case-registered.v1', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 1, '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', '2026-11-25 02:54:02.345341+00', '01a2109f-deab-7423-a1b6-2142ff0a114f', NULL, '00-01a2109fdeab7423a1b62142ff0a114f-a1b621447cca531f-01', '{"centre":"oddar-meanchey","commune":"220506","sector":"agriculture","occupation":"6112","skills_claimed":[],"work_limits":[]}'),
	(52, '01a2109f-deab-7423-a1b6-2145ab8df511', 'intake', 'reintegration.intake.contact-changed.v1', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 2, NULL, '2026-11-25 02:54:02.345341+00', '01a2109f-deab-7423-a1b6-2142ff0a114f', '01a2109f-deab-7423-a1b6-21447cca531f', '00-01a2109fdeab7423a1b62142ff0a114f-a1b62145ab8df511-01', '{"contact":"01a2109f-de9b-735a-a36c-f39b8da817e8","channel":"sms","language":"km"}'),
	(53, '01a2109f-deab-7423-a1b6-2146e63e868a', 'intake', 'reintegration.intake.consent-given.v1', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 3, NULL, '2026-11-25 02:54:02.345341+00', '01a2109f-deab-7423-a1b6-2142ff0a114f', '01a2109f-deab-7423-a1b6-21447cca531f', '00-01a2109fdeab7423a1b62142ff0a114f-a1b62146e63e868a-01', '{"purpose":"services","text_version":"form-1","given":"spoken","expires":null}'),
	(54, '01a2109f-deab-7423-a1b6-214781aa9831', 'intake', 'reintegration.intake.consent-given.v1', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 4, NULL, '2026-11-25 02:54:02.345341+00', '01a2109f-deab-7423-a1b6-2142ff0a114f', '01a2109f-deab-7423-a1b6-21447cca531f', '00-01a2109fdeab7423a1b62142ff0a114f-a1b6214781aa9831-01', '{"purpose":"employment","text_version":"form-1","given":"spoken","expires":null}'),
	(55, '01a2109f-deab-7423-a1b6-2148ff3cd864', 'intake', 'reintegration.intake.consent-given.v1', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 5, NULL, '2026-11-25 02:54:02.345341+00', '01a2109f-deab-7423-a1b6-2142ff0a114f', '01a2109f-deab-7423-a1b6-21447cca531f', '00-01a2109fdeab7423a1b62142ff0a114f-a1b62148ff3cd864-01', '{"purpose":"messages","text_version":"form-1","given":"spoken","expires":null}'),
	(56, '01a2109f-deab-7423-a1b6-2149028280db', 'intake', 'reintegration.intake.consent-given.v1', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 6, NULL, '2026-11-25 02:54:02.345341+00', '01a2109f-deab-7423-a1b6-2142ff0a114f', '01a2109f-deab-7423-a1b6-21447cca531f', '00-01a2109fdeab7423a1b62142ff0a114f-a1b62149028280db-01', '{"purpose":"social-protection","text_version":"form-1","given":"spoken","expires":null}'),
	(57, '01a2109f-deab-7423-a1b6-214aeff6be8e', 'intake', 'reintegration.intake.needs-assessed.v1', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 7, '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', '2026-11-25 02:54:02.345341+00', '01a2109f-deab-7423-a1b6-2142ff0a114f', '01a2109f-deab-7423-a1b6-21447cca531f', '00-01a2109fdeab7423a1b62142ff0a114f-a1b6214aeff6be8e-01', '{"questionnaire":"intake-1","needs":["recognition","job"]}'),
	(58, '01a2109f-deab-7423-a1b6-214b2d9c2eae', 'intake', 'reintegration.intake.plan-agreed.v1', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 8, '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', '2026-11-25 02:54:02.345341+00', '01a2109f-deab-7423-a1b6-2142ff0a114f', '01a2109f-deab-7423-a1b6-21447cca531f', '00-01a2109fdeab7423a1b62142ff0a114f-a1b6214b2d9c2eae-01', '{"plan":"01a2109f-de9b-735a-a36c-f39ce0e60175","services":["prior-learning","employment"]}'),
	(59, '01a2109f-deab-7423-a1b6-214c5ebb4fd5', 'intake', 'reintegration.intake.referral-requested.v1', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 9, '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', '2026-11-25 02:54:02.345341+00', '01a2109f-deab-7423-a1b6-2142ff0a114f', '01a2109f-deab-7423-a1b6-21447cca531f', '00-01a2109fdeab7423a1b62142ff0a114f-a1b6214c5ebb4fd5-01', '{"referral":"8a22efd9-7404-5cf9-ae20-037490e26057","code":"7787-9962-8745","kind":"prior-learning","provider":"provider-c","course":null,"scheme":null,"occupation":"6112","priority":"normal"}'),
	(60, '01a2109f-deab-7423-a1b6-214d00ab88fc', 'intake', 'reintegration.intake.referral-requested.v1', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 10, '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', '2026-11-25 02:54:02.345341+00', '01a2109f-deab-7423-a1b6-2142ff0a114f', '01a2109f-deab-7423-a1b6-21447cca531f', '00-01a2109fdeab7423a1b62142ff0a114f-a1b6214d00ab88fc-01', '{"referral":"931c624c-d1f1-5d49-b37a-c40214d9d6cd","code":"7938-2354-9987","kind":"employment","provider":null,"course":null,"scheme":null,"occupation":null,"priority":"normal"}'),
	(61, '01a2109f-deac-72ea-a6dd-fb9d226f653c', 'intake', 'reintegration.intake.case-registered.v1', '01a2109f-de6b-75be-a7ea-d1f352c2cd93', 1, '01a2109f-de6b-75be-a7ea-d1f4e6b9fe6f', '2026-11-25 02:54:02.345341+00', '01a2109f-deac-72ea-a6dd-fb9b75358679', NULL, '00-01a2109fdeac72eaa6ddfb9b75358679-a6ddfb9d226f653c-01', '{"centre":"oddar-meanchey","commune":"220301","sector":"agriculture","occupation":"6112","skills_claimed":[],"work_limits":[]}'),
	(62, '01a2109f-deac-72ea-a6dd-fb9e071734ec', 'intake', 'reintegration.intake.contact-changed.v1', '01a2109f-de6b-75be-a7ea-d1f352c2cd93', 2, NULL, '2026-11-25 02:54:02.345341+00', '01a2109f-deac-72ea-a6dd-fb9b75358679', '01a2109f-deac-72ea-a6dd-fb9d226f653c', '00-01a2109fdeac72eaa6ddfb9b75358679-a6ddfb9e071734ec-01', '{"contact":"01a2109f-de9b-735a-a36c-f39d001e56bf","channel":"voice","language":"km"}'),
	(63, '01a2109f-deac-72ea-a6dd-fb9f132d7109', 'intake', 'reintegration.intake.consent-given.v1', '01a2109f-de6b-75be-a7ea-d1f352c2cd93', 3, NULL, '2026-11-25 02:54:02.345341+00', '01a2109f-deac-72ea-a6dd-fb9b75358679', '01a2109f-deac-72ea-a6dd-fb9d226f653c', '00-01a2109fdeac72eaa6ddfb9b75358679-a6ddfb9f132d7109-01', '{"purpose":"services","text_version":"form-1","given":"spoken","expires":null}'),
	(64, '01a2109f-deac-72ea-a6dd-fba0e78ca84b', 'intake', 'reintegration.intake.consent-given.v1', '01a2109f-de6b-75be-a7ea-d1f352c2cd93', 4, NULL, '2026-11-25 02:54:02.345341+00', '01a2109f-deac-72ea-a6dd-fb9b75358679', '01a2109f-deac-72ea-a6dd-fb9d226f653c', '00-01a2109fdeac72eaa6ddfb9b75358679-a6ddfba0e78ca84b-01', '{"purpose":"employment","text_version":"form-1","given":"spoken","expires":null}'),
	(65, '01a2109f-deac-72ea-a6dd-fba156d1c8c1', 'intake', 'reintegration.intake.consent-given.v1', '01a2109f-de6b-75be-a7ea-d1f352c2cd93', 5, NULL, '2026-11-25 02:54:02.345341+00', '01a2109f-deac-72ea-a6dd-fb9b75358679', '01a2109f-deac-72ea-a6dd-fb9d226f653c', '00-01a2109fdeac72eaa6ddfb9b75358679-a6ddfba156d1c8c1-01', '{"purpose":"messages","text_version":"form-1","given":"spoken","expires":null}'),
	(66, '01a2109f-deac-72ea-a6dd-fba27ca8e2f4', 'intake', 'reintegration.intake.consent-given.v1', '01a2109f-de6b-75be-a7ea-d1f352c2cd93', 6, NULL, '2026-11-25 02:54:02.345341+00', '01a2109f-deac-72ea-a6dd-fb9b75358679', '01a2109f-deac-72ea-a6dd-fb9d226f653c', '00-01a2109fdeac72eaa6ddfb9b75358679-a6ddfba27ca8e2f4-01', '{"purpose":"social-protection","text_version":"form-1","given":"spoken","expires":null}'),
	(67, '01a2109f-deac-72ea-a6dd-fba3a8c531b2', 'intake', 'reintegration.intake.needs-assessed.v1', '01a2109f-de6b-75be-a7ea-d1f352c2cd93', 7, '01a2109f-de6b-75be-a7ea-d1f4e6b9fe6f', '2026-11-25 02:54:02.345341+00', '01a2109f-deac-72ea-a6dd-fb9b75358679', '01a2109f-deac-72ea-a6dd-fb9d226f653c', '00-01a2109fdeac72eaa6ddfb9b75358679-a6ddfba3a8c531b2-01', '{"questionnaire":"intake-1","needs":["training","job","social-protection"]}'),
	(68, '01a2109f-deac-72ea-a6dd-fba4d7710f2d', 'intake', 'reintegration.intake.plan-agreed.v1', '01a2109f-de6b-75be-a7ea-d1f352c2cd93', 8, '01a2109f-de6b-75be-a7ea-d1f4e6b9fe6f', '2026-11-25 02:54:02.345341+00', '01a2109f-deac-72ea-a6dd-fb9b75358679', '01a2109f-deac-72ea-a6dd-fb9d226f653c', '00-01a2109fdeac72eaa6ddfb9b75358679-a6ddfba4d7710f2d-01', '{"plan":"01a2109f-de9b-735a-a36c-f39e07f34877","services":["course","employment"]}'),
	(69, '01a2109f-deac-72ea-a6dd-fba567347f55', 'intake', 'reintegration.intake.referral-requested.v1', '01a2109f-de6b-75be-a7ea-d1f352c2cd93', 9, '01a2109f-de6b-75be-a7ea-d1f4e6b9fe6f', '2026-11-25 02:54:02.345341+00', '01a2109f-deac-72ea-a6dd-fb9b75358679', '01a2109f-deac-72ea-a6dd-fb9d226f653c', '00-01a2109fdeac72eaa6ddfb9b75358679-a6ddfba567347f55-01', '{"referral":"4bc93812-2f1c-5e85-b8d6-575aebf2a81a","code":"8272-6871-4360","kind":"course","provider":"provider-c","course":"vegetables-c","scheme":null,"occupation":null,"priority":"normal"}'),
	(70, '01a2109f-deac-72ea-a6dd-fba621121d7a', 'intake', 'reintegration.intake.referral-requested.v1', '01a2109f-de6b-75be-a7ea-d1f352c2cd93', 10, '01a2109f-de6b-75be-a7ea-d1f4e6b9fe6f', '2026-11-25 02:54:02.345341+00', '01a2109f-deac-72ea-a6dd-fb9b75358679', '01a2109f-deac-72ea-a6dd-fb9d226f653c', '00-01a2109fdeac72eaa6ddfb9b75358679-a6ddfba621121d7a-01', '{"referral":"7525c884-f5f7-5d0e-8fc2-1e0a7d2a8af6","code":"8754-5135-5871","kind":"employment","provider":null,"course":null,"scheme":null,"occupation":null,"priority":"normal"}'),
	(71, '01a2109f-df3f-70af-8909-c76832211bb8', 'intake', 'reintegration.intake.case-registered.v1', '01a2109f-df20-7382-a953-d425efec716c', 1, '01a2109f-df20-7382-a953-d426b6e6eed9', '2026-11-25 02:54:02.525968+00', '01a2109f-df3f-70af-8909-c76632e0500b', NULL, '00-01a2109fdf3f70af8909c76632e0500b-8909c76832211bb8-01', '{"centre":"oddar-meanchey","commune":"220501","sector":"agriculture","occupation":"6112","skills_claimed":["mushroom-growing"],"work_limits":[]}'),
	(72, '01a2109f-df3f-70af-8909-c76946f02f5b', 'intake', 'reintegration.intake.contact-changed.v1', '01a2109f-df20-7382-a953-d425efec716c', 2, NULL, '2026-11-25 02:54:02.525968+00', '01a2109f-df3f-70af-8909-c76632e0500b', '01a2109f-df3f-70af-8909-c76832211bb8', '00-01a2109fdf3f70af8909c76632e0500b-8909c76946f02f5b-01', '{"contact":"01a2109f-df3d-74fe-a62e-5c450c4ab265","channel":"sms","language":"km"}'),
	(73, '01a2109f-df3f-70af-8909-c76a7839ed6b', 'intake', 'reintegration.intake.consent-given.v1', '01a2109f-df20-7382-a953-d425efec716c', 3, NULL, '2026-11-25 02:54:02.525968+00', '01a2109f-df3f-70af-8909-c76632e0500b', '01a2109f-df3f-70af-8909-c76832211bb8', '00-01a2109fdf3f70af8909c76632e0500b-8909c76a7839ed6b-01', '{"purpose":"services","text_version":"form-1","given":"signed","expires":null}'),
	(74, '01a2109f-df3f-70af-8909-c76b0843d6df', 'intake', 'reintegration.intake.consent-given.v1', '01a2109f-df20-7382-a953-d425efec716c', 4, NULL, '2026-11-25 02:54:02.525968+00', '01a2109f-df3f-70af-8909-c76632e0500b', '01a2109f-df3f-70af-8909-c76832211bb8', '00-01a2109fdf3f70af8909c76632e0500b-8909c76b0843d6df-01', '{"purpose":"employment","text_version":"form-1","given":"signed","expires":null}'),
	(75, '01a2109f-df3f-70af-8909-c76cd8fefe07', 'intake', 'reintegration.intake.consent-given.v1', '01a2109f-df20-7382-a953-d425efec716c', 5, NULL, '2026-11-25 02:54:02.525968+00', '01a2109f-df3f-70af-8909-c76632e0500b', '01a2109f-df3f-70af-8909-c76832211bb8', '00-01a2109fdf3f70af8909c76632e0500b-8909c76cd8fefe07-01', '{"purpose":"messages","text_version":"form-1","given":"signed","expires":null}'),
	(76, '01a2109f-df3f-70af-8909-c76d51cf9a3e', 'intake', 'reintegration.intake.consent-given.v1', '01a2109f-df20-7382-a953-d425efec716c', 6, NULL, '2026-11-25 02:54:02.525968+00', '01a2109f-df3f-70af-8909-c76632e0500b', '01a2109f-df3f-70af-8909-c76832211bb8', '00-01a2109fdf3f70af8909c76632e0500b-8909c76d51cf9a3e-01', '{"purpose":"social-protection","text_version":"form-1","given":"signed","expires":null}'),
	(77, '01a2109f-df3f-70af-8909-c76e0cdde55d', 'intake', 'reintegration.intake.needs-assessed.v1', '01a2109f-df20-7382-a953-d425efec716c', 7, '01a2109f-df20-7382-a953-d426b6e6eed9', '2026-11-25 02:54:02.525968+00', '01a2109f-df3f-70af-8909-c76632e0500b', '01a2109f-df3f-70af-8909-c76832211bb8', '00-01a2109fdf3f70af8909c76632e0500b-8909c76e0cdde55d-01', '{"questionnaire":"intake-1","needs":["training","job","social-protection"]}'),
	(78, '01a2109f-df3f-70af-8909-c76fbb837d19', 'intake', 'reintegration.intake.plan-agreed.v1', '01a2109f-df20-7382-a953-d425efec716c', 8, '01a2109f-df20-7382-a953-d426b6e6eed9', '2026-11-25 02:54:02.525968+00', '01a2109f-df3f-70af-8909-c76632e0500b', '01a2109f-df3f-70af-8909-c76832211bb8', '00-01a2109fdf3f70af8909c76632e0500b-8909c76fbb837d19-01', '{"plan":"01a2109f-df3e-76d7-8c0c-1d6674224d9f","services":["course","employment"]}'),
	(79, '01a2109f-df3f-70af-8909-c77052362660', 'intake', 'reintegration.intake.referral-requested.v1', '01a2109f-df20-7382-a953-d425efec716c', 9, '01a2109f-df20-7382-a953-d426b6e6eed9', '2026-11-25 02:54:02.525968+00', '01a2109f-df3f-70af-8909-c76632e0500b', '01a2109f-df3f-70af-8909-c76832211bb8', '00-01a2109fdf3f70af8909c76632e0500b-8909c77052362660-01', '{"referral":"22e92af5-ec0a-5b96-b6ea-4f4a2805b10f","code":"7640-6272-8369","kind":"course","provider":"provider-c","course":"vegetables-c","scheme":null,"occupation":null,"priority":"normal"}'),
	(80, '01a2109f-df3f-70af-8909-c7714cf0f1db', 'intake', 'reintegration.intake.referral-requested.v1', '01a2109f-df20-7382-a953-d425efec716c', 10, '01a2109f-df20-7382-a953-d426b6e6eed9', '2026-11-25 02:54:02.525968+00', '01a2109f-df3f-70af-8909-c76632e0500b', '01a2109f-df3f-70af-8909-c76832211bb8', '00-01a2109fdf3f70af8909c76632e0500b-8909c7714cf0f1db-01', '{"referral":"20e45f9c-20d7-50ef-8e58-e52d749fdabf","code":"8433-8711-9582","kind":"employment","provider":null,"course":null,"scheme":null,"occupation":null,"priority":"normal"}'),
	(81, '01a2109f-e059-7555-9168-2cb10bfc6542', 'intake', 'reintegration.intake.referral-accepted.v1', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', 11, '01a2109f-de6b-75be-a7ea-d1eccc674f2b', '2026-11-25 02:54:02.829203+00', '01a2109f-deab-7423-a1b6-211ea3d9a365', '01a2109f-dfb2-74d3-89f7-6ea2ac9cff19', '00-01a2109fdeab7423a1b6211ea3d9a365-91682cb10bfc6542-01', '{"referral":"9b62dfaa-0d02-5ae9-9149-955970491afd","code":"4118-6997-2625","kind":"course","scheme":null}'),
	(82, '01a2109f-e059-7555-9168-2cb2ebf1987a', 'intake', 'reintegration.intake.referral-accepted.v1', '01a2109f-de6b-75be-a7ea-d1edddc05837', 11, '01a2109f-de6b-75be-a7ea-d1ee0310fc47', '2026-11-25 02:54:02.829203+00', '01a2109f-deab-7423-a1b6-212a04cd69c0', '01a2109f-dfb2-74d3-89f7-6ea39f242dc5', '00-01a2109fdeab7423a1b6212a04cd69c0-91682cb2ebf1987a-01', '{"referral":"fa1ec0ec-7560-5b0b-8fa1-2d9c9588a199","code":"5020-2831-3917","kind":"course","scheme":null}'),
	(83, '01a2109f-e059-7555-9168-2cb35df7d594', 'intake', 'reintegration.intake.referral-rejected.v1', '01a2109f-de6b-75be-a7ea-d1f352c2cd93', 11, '01a2109f-de6b-75be-a7ea-d1f4e6b9fe6f', '2026-11-25 02:54:02.829203+00', '01a2109f-deac-72ea-a6dd-fb9b75358679', '01a2109f-dfb3-71d0-84c7-46b06f4e65db', '00-01a2109fdeac72eaa6ddfb9b75358679-91682cb35df7d594-01', '{"referral":"4bc93812-2f1c-5e85-b8d6-575aebf2a81a","code":"8272-6871-4360","kind":"course","reason":"full","scheme":null}'),
	(84, '01a2109f-e059-7555-9168-2cb44c468693', 'intake', 'reintegration.intake.referral-accepted.v1', '01a2109f-de6b-75be-a7ea-d1e744816c40', 11, '01a2109f-de6b-75be-a7ea-d1e80d0e3987', '2026-11-25 02:54:02.829203+00', '01a2109f-deaa-7186-8307-64b173a621a5', '01a2109f-dfb2-74d3-89f7-6ea0d58af47b', '00-01a2109fdeaa7186830764b173a621a5-91682cb44c468693-01', '{"referral":"5944e64f-81e3-57b2-b857-ab52b616efdd","code":"1480-0605-4462","kind":"course","scheme":null}'),
	(85, '01a2109f-e059-7555-9168-2cb532f6a030', 'intake', 'reintegration.intake.referral-accepted.v1', '01a2109f-de6b-75be-a7ea-d1ef1c9e5edc', 11, '01a2109f-de6b-75be-a7ea-d1f0d323d9f1', '2026-11-25 02:54:02.829203+00', '01a2109f-deab-7423-a1b6-2136f573ce5a', '01a2109f-dfb2-74d3-89f7-6ea188929d5e', '00-01a2109fdeab7423a1b62136f573ce5a-91682cb532f6a030-01', '{"referral":"05507489-1e4b-56ca-9a79-ecbf3f751480","code":"7018-5339-4971","kind":"course","scheme":null}'),
	(86, '01a2109f-e0d5-7251-b779-cc1ca6a698e8', 'intake', 'reintegration.intake.referral-rejected.v1', '01a2109f-df20-7382-a953-d425efec716c', 11, '01a2109f-df20-7382-a953-d426b6e6eed9', '2026-11-25 02:54:02.963371+00', '01a2109f-df3f-70af-8909-c76632e0500b', '01a2109f-e031-7706-bd62-13f8c0ef83cc', '00-01a2109fdf3f70af8909c76632e0500b-b779cc1ca6a698e8-01', '{"referral":"22e92af5-ec0a-5b96-b6ea-4f4a2805b10f","code":"7640-6272-8369","kind":"course","reason":"full","scheme":null}'),
	(87, '01a2109f-e1c0-71b7-9ba5-c8f7e5bb666e', 'intake', 'reintegration.intake.consent-withdrawn.v1', '01a2109f-de6b-75be-a7ea-d1f352c2cd93', 12, NULL, '2026-11-25 02:54:03.180621+00', '01a2109f-e1a8-755b-ac6e-3d625e7ed090', NULL, '00-01a2109fe1a8755bac6e3d625e7ed090-9ba5c8f7e5bb666e-01', '{"purpose":"messages"}'),
	(88, '01a2109f-e1f9-74e9-a2a0-61727fc07034', 'intake', 'reintegration.intake.consent-withdrawn.v1', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', 12, NULL, '2026-11-25 02:54:03.218577+00', '01a2109f-e1cd-7793-b300-f6e3fbe2a704', NULL, '00-01a2109fe1cd7793b300f6e3fbe2a704-a2a061727fc07034-01', '{"purpose":"messages"}'),
	(89, '01a2109f-e21b-72df-a95a-16bcf9c6b47f', 'intake', 'reintegration.intake.referral-withdrawn.v1', '01a2109f-de6b-75be-a7ea-d1e744816c40', 12, '01a2109f-de6b-75be-a7ea-d1e80d0e3987', '2026-11-25 02:54:03.274835+00', '01a2109f-e207-72ab-b80f-a5ad440a87af', NULL, '00-01a2109fe20772abb80fa5ad440a87af-a95a16bcf9c6b47f-01', '{"referral":"2c39e951-35fe-556e-938e-8c09f6ccac3e","code":"1811-3007-2205","kind":"employment","reason":"case-closed","provider":null,"course":null}'),
	(90, '01a2109f-e21b-72df-a95a-16bd73eaac93', 'intake', 'reintegration.intake.referral-withdrawn.v1', '01a2109f-de6b-75be-a7ea-d1e744816c40', 13, '01a2109f-de6b-75be-a7ea-d1e80d0e3987', '2026-11-25 02:54:03.274835+00', '01a2109f-e207-72ab-b80f-a5ad440a87af', '01a2109f-e21b-72df-a95a-16bcf9c6b47f', '00-01a2109fe20772abb80fa5ad440a87af-a95a16bd73eaac93-01', '{"referral":"5944e64f-81e3-57b2-b857-ab52b616efdd","code":"1480-0605-4462","kind":"course","reason":"case-closed","provider":"provider-c","course":"vegetables-c"}'),
	(91, '01a2109f-e21b-72df-a95a-16be45f3a357', 'intake', 'reintegration.intake.case-closed.v1', '01a2109f-de6b-75be-a7ea-d1e744816c40', 14, '01a2109f-de6b-75be-a7ea-d1e80d0e3987', '2026-11-25 02:54:03.274835+00', '01a2109f-e207-72ab-b80f-a5ad440a87af', '01a2109f-e21b-72df-a95a-16bcf9c6b47f', '00-01a2109fe20772abb80fa5ad440a87af-a95a16be45f3a357-01', '{"reason":"moved-away"}'),
	(92, '01a2109f-e241-708f-a483-86476ded580e', 'intake', 'reintegration.intake.referral-withdrawn.v1', '01a2109f-df20-7382-a953-d425efec716c', 12, '01a2109f-df20-7382-a953-d426b6e6eed9', '2026-11-25 02:54:03.31021+00', '01a2109f-e22d-7671-8275-0921bd2caf49', NULL, '00-01a2109fe22d767182750921bd2caf49-a48386476ded580e-01', '{"referral":"20e45f9c-20d7-50ef-8e58-e52d749fdabf","code":"8433-8711-9582","kind":"employment","reason":"case-closed","provider":null,"course":null}'),
	(94, '01a2109f-e292-709a-b457-08900476ec8a', 'intake', 'reintegration.intake.referral-withdrawn.v1', '01a2109f-de6b-75be-a7ea-d1edddc05837', 12, '01a2109f-de6b-75be-a7ea-d1ee0310fc47', '2026-11-25 02:54:03.405477+00', '01a2109f-e28c-722b-981f-383a0996d7fe', NULL, '00-01a2109fe28c722b981f383a0996d7fe-b45708900476ec8a-01', '{"referral":"fa1ec0ec-7560-5b0b-8fa1-2d9c9588a199","code":"5020-2831-3917","kind":"course","reason":"person-declined","provider":"provider-c","course":"vegetables-c"}'),
	(95, '01a2109f-e2c6-7659-befc-477a212f5c65', 'intake', 'reintegration.intake.referral-withdrawn.v1', '01a2109f-de6b-75be-a7ea-d1ef1c9e5edc', 12, '01a2109f-de6b-75be-a7ea-d1f0d323d9f1', '2026-11-25 02:54:03.431775+00', '01a2109f-e2a4-725d-b3ce-97afa31a5bee', NULL, '00-01a2109fe2a4725db3ce97afa31a5bee-befc477a212f5c65-01', '{"referral":"05507489-1e4b-56ca-9a79-ecbf3f751480","code":"7018-5339-4971","kind":"course","reason":"person-declined","provider":"provider-c","course":"vegetables-c"}'),
	(105, '01a2109f-ed60-74bf-bf4b-63e6f960fced', 'intake', 'reintegration.intake.case-registered.v1', '01a2109f-ed58-770e-bf2f-f161c93dcc87', 1, '01a2109f-ed58-770e-bf2f-f16232a86871', '2026-11-25 02:54:06.167968+00', '01a2109f-ed60-74bf-bf4b-63e43b94f10d', NULL, '00-01a2109fed6074bfbf4b63e43b94f10d-bf4b63e6f960fced-01', '{"centre":"oddar-meanchey","commune":"220504","sector":"agriculture","occupation":"9211","skills_claimed":[],"work_limits":[]}'),
	(106, '01a2109f-ed60-74bf-bf4b-63e7b6b155f5', 'intake', 'reintegration.intake.contact-changed.v1', '01a2109f-ed58-770e-bf2f-f161c93dcc87', 2, NULL, '2026-11-25 02:54:06.167968+00', '01a2109f-ed60-74bf-bf4b-63e43b94f10d', '01a2109f-ed60-74bf-bf4b-63e6f960fced', '00-01a2109fed6074bfbf4b63e43b94f10d-bf4b63e7b6b155f5-01', '{"contact":"01a2109f-ed5f-703c-96a7-349fb1946175","channel":"sms","language":"km"}'),
	(107, '01a2109f-ed60-74bf-bf4b-63e81b2ba9fe', 'intake', 'reintegration.intake.consent-given.v1', '01a2109f-ed58-770e-bf2f-f161c93dcc87', 3, NULL, '2026-11-25 02:54:06.167968+00', '01a2109f-ed60-74bf-bf4b-63e43b94f10d', '01a2109f-ed60-74bf-bf4b-63e6f960fced', '00-01a2109fed6074bfbf4b63e43b94f10d-bf4b63e81b2ba9fe-01', '{"purpose":"services","text_version":"form-1","given":"signed","expires":null}'),
	(108, '01a2109f-ed60-74bf-bf4b-63e9d99a0c68', 'intake', 'reintegration.intake.consent-given.v1', '01a2109f-ed58-770e-bf2f-f161c93dcc87', 4, NULL, '2026-11-25 02:54:06.167968+00', '01a2109f-ed60-74bf-bf4b-63e43b94f10d', '01a2109f-ed60-74bf-bf4b-63e6f960fced', '00-01a2109fed6074bfbf4b63e43b94f10d-bf4b63e9d99a0c68-01', '{"purpose":"employment","text_version":"form-1","given":"signed","expires":null}'),
	(109, '01a2109f-ed60-74bf-bf4b-63ea7b37f152', 'intake', 'reintegration.intake.consent-given.v1', '01a2109f-ed58-770e-bf2f-f161c93dcc87', 5, NULL, '2026-11-25 02:54:06.167968+00', '01a2109f-ed60-74bf-bf4b-63e43b94f10d', '01a2109f-ed60-74bf-bf4b-63e6f960fced', '00-01a2109fed6074bfbf4b63e43b94f10d-bf4b63ea7b37f152-01', '{"purpose":"messages","text_version":"form-1","given":"signed","expires":null}');
INSERT INTO public.ledger OVERRIDING SYSTEM VALUE VALUES
	(110, '01a2109f-ed60-74bf-bf4b-63eba87f7f79', 'intake', 'reintegration.intake.consent-given.v1', '01a2109f-ed58-770e-bf2f-f161c93dcc87', 6, NULL, '2026-11-25 02:54:06.167968+00', '01a2109f-ed60-74bf-bf4b-63e43b94f10d', '01a2109f-ed60-74bf-bf4b-63e6f960fced', '00-01a2109fed6074bfbf4b63e43b94f10d-bf4b63eba87f7f79-01', '{"purpose":"social-protection","text_version":"form-1","given":"signed","expires":null}'),
	(111, '01a2109f-ed60-74bf-bf4b-63ec46e7ed95', 'intake', 'reintegration.intake.needs-assessed.v1', '01a2109f-ed58-770e-bf2f-f161c93dcc87', 7, '01a2109f-ed58-770e-bf2f-f16232a86871', '2026-11-25 02:54:06.167968+00', '01a2109f-ed60-74bf-bf4b-63e43b94f10d', '01a2109f-ed60-74bf-bf4b-63e6f960fced', '00-01a2109fed6074bfbf4b63e43b94f10d-bf4b63ec46e7ed95-01', '{"questionnaire":"intake-1","needs":["training","job","social-protection"]}'),
	(112, '01a2109f-ed60-74bf-bf4b-63ed23ac03ba', 'intake', 'reintegration.intake.plan-agreed.v1', '01a2109f-ed58-770e-bf2f-f161c93dcc87', 8, '01a2109f-ed58-770e-bf2f-f16232a86871', '2026-11-25 02:54:06.167968+00', '01a2109f-ed60-74bf-bf4b-63e43b94f10d', '01a2109f-ed60-74bf-bf4b-63e6f960fced', '00-01a2109fed6074bfbf4b63e43b94f10d-bf4b63ed23ac03ba-01', '{"plan":"01a2109f-ed5f-703c-96a7-34a042ee2d35","services":["course","employment"]}'),
	(113, '01a2109f-ed60-74bf-bf4b-63ee02f4caf9', 'intake', 'reintegration.intake.referral-requested.v1', '01a2109f-ed58-770e-bf2f-f161c93dcc87', 9, '01a2109f-ed58-770e-bf2f-f16232a86871', '2026-11-25 02:54:06.167968+00', '01a2109f-ed60-74bf-bf4b-63e43b94f10d', '01a2109f-ed60-74bf-bf4b-63e6f960fced', '00-01a2109fed6074bfbf4b63e43b94f10d-bf4b63ee02f4caf9-01', '{"referral":"ad75f0fd-2e55-50b6-a9a5-562dfd8a368b","code":"1208-8753-5154","kind":"course","provider":"provider-c","course":"vegetables-c","scheme":null,"occupation":null,"priority":"normal"}'),
	(114, '01a2109f-ed60-74bf-bf4b-63ef871e448c', 'intake', 'reintegration.intake.referral-requested.v1', '01a2109f-ed58-770e-bf2f-f161c93dcc87', 10, '01a2109f-ed58-770e-bf2f-f16232a86871', '2026-11-25 02:54:06.167968+00', '01a2109f-ed60-74bf-bf4b-63e43b94f10d', '01a2109f-ed60-74bf-bf4b-63e6f960fced', '00-01a2109fed6074bfbf4b63e43b94f10d-bf4b63ef871e448c-01', '{"referral":"2f7b7291-726c-5797-85c7-318269ca616f","code":"2673-0532-0054","kind":"employment","provider":null,"course":null,"scheme":null,"occupation":null,"priority":"normal"}'),
	(96, '01a2109f-e33a-7103-a5a0-73085ee27dfa', 'intake', 'reintegration.intake.referral-completed.v1', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 11, '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', '2026-11-25 02:54:03.575956+00', '01a2109f-e2ee-71cb-9941-90b1449553e5', '01a2109f-e309-75bd-87fb-92a178b0af0a', '00-01a2109fe2ee71cb994190b1449553e5-a5a073085ee27dfa-01', '{"referral":"8a22efd9-7404-5cf9-ae20-037490e26057","code":"7787-9962-8745","kind":"prior-learning","outcome":"recognised"}'),
	(101, '01a2109f-e5ae-7099-a1f9-ea3a0cddb4c4', 'intake', 'reintegration.intake.referral-completed.v1', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 12, '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', '2026-11-25 02:54:04.202351+00', '01a2109f-e541-7315-837d-0fa145996ba1', '01a2109f-e562-7636-889a-3a07a8903881', '00-01a2109fe5417315837d0fa145996ba1-a1f9ea3a0cddb4c4-01', '{"referral":"931c624c-d1f1-5d49-b37a-c40214d9d6cd","code":"7938-2354-9987","kind":"employment","outcome":"placed"}'),
	(102, '01a2109f-e5ae-7099-a1f9-ea3b9087398a', 'intake', 'reintegration.intake.referral-requested.v1', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 13, '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', '2026-11-25 02:54:04.202351+00', '01a2109f-e541-7315-837d-0fa145996ba1', '01a2109f-e562-7636-889a-3a07a8903881', '00-01a2109fe5417315837d0fa145996ba1-a1f9ea3b9087398a-01', '{"referral":"eac5b2c5-122d-5d5e-be41-9ece66d8b032","code":"6176-2851-0117","kind":"social-protection","provider":null,"course":null,"scheme":"nssf","occupation":null,"priority":"normal"}'),
	(97, '01a2109f-e357-77a4-93ca-ad76b9a2f417', 'intake', 'reintegration.intake.referral-completed.v1', '01a2109f-de6b-75be-a7ea-d1e9703ab29d', 11, '01a2109f-de6b-75be-a7ea-d1ea223fb066', '2026-11-25 02:54:03.606092+00', '01a2109f-e2e8-71ca-9855-b0af895f34b5', '01a2109f-e315-749a-9b1d-288b43c772a1', '00-01a2109fe2e871ca9855b0af895f34b5-93caad76b9a2f417-01', '{"referral":"15c80258-e804-55d7-afa5-b2157c3c01a7","code":"3043-4048-9347","kind":"prior-learning","outcome":"recognised"}'),
	(98, '01a2109f-e38c-7778-adab-bdabff845292', 'intake', 'reintegration.intake.referral-completed.v1', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', 13, '01a2109f-de6b-75be-a7ea-d1eccc674f2b', '2026-11-25 02:54:03.659533+00', '01a2109f-e329-70f1-8929-223bd8f8a8df', '01a2109f-e364-710c-b3b6-46de78d7ecd5', '00-01a2109fe32970f18929223bd8f8a8df-adabbdabff845292-01', '{"referral":"9b62dfaa-0d02-5ae9-9149-955970491afd","code":"4118-6997-2625","kind":"course","outcome":"passed"}'),
	(99, '01a2109f-e570-71d6-8577-afcacf696999', 'intake', 'reintegration.intake.referral-completed.v1', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', 14, '01a2109f-de6b-75be-a7ea-d1eccc674f2b', '2026-11-25 02:54:04.135527+00', '01a2109f-e543-7039-abf8-fa35ea6ca159', '01a2109f-e54b-7010-bc41-d915b842315b', '00-01a2109fe5437039abf8fa35ea6ca159-8577afcacf696999-01', '{"referral":"41eea308-b859-558b-8aad-73231242b4bf","code":"4700-6214-5792","kind":"employment","outcome":"placed"}'),
	(100, '01a2109f-e570-71d6-8577-afcb0a23f921', 'intake', 'reintegration.intake.referral-requested.v1', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', 15, '01a2109f-de6b-75be-a7ea-d1eccc674f2b', '2026-11-25 02:54:04.135527+00', '01a2109f-e543-7039-abf8-fa35ea6ca159', '01a2109f-e54b-7010-bc41-d915b842315b', '00-01a2109fe5437039abf8fa35ea6ca159-8577afcb0a23f921-01', '{"referral":"33875cab-0ee9-5550-8972-eb252c69221e","code":"6730-9140-8446","kind":"social-protection","provider":null,"course":null,"scheme":"nssf","occupation":null,"priority":"normal"}'),
	(115, '01a2109f-ed95-7244-b336-47d096db1ea7', 'intake', 'reintegration.intake.referral-accepted.v1', '01a2109f-ed58-770e-bf2f-f161c93dcc87', 11, '01a2109f-ed58-770e-bf2f-f16232a86871', '2026-11-25 02:54:06.22877+00', '01a2109f-ed60-74bf-bf4b-63e43b94f10d', '01a2109f-ed86-72bd-85a5-f58e5560e4a3', '00-01a2109fed6074bfbf4b63e43b94f10d-b33647d096db1ea7-01', '{"referral":"ad75f0fd-2e55-50b6-a9a5-562dfd8a368b","code":"1208-8753-5154","kind":"course","scheme":null}'),
	(103, '01a2109f-e62e-7280-a152-fe76871402c9', 'intake', 'reintegration.intake.referral-accepted.v1', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 14, '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', '2026-11-25 02:54:04.330533+00', '01a2109f-e628-7111-a020-c6309ac29bf2', NULL, '00-01a2109fe6287111a020c6309ac29bf2-a152fe76871402c9-01', '{"referral":"eac5b2c5-122d-5d5e-be41-9ece66d8b032","code":"6176-2851-0117","kind":"social-protection","scheme":"nssf"}'),
	(104, '01a2109f-e62e-7280-a152-fe75407c0372', 'intake', 'reintegration.intake.referral-accepted.v1', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', 16, '01a2109f-de6b-75be-a7ea-d1eccc674f2b', '2026-11-25 02:54:04.330657+00', '01a2109f-e629-71ae-933e-2663fe293d09', NULL, '00-01a2109fe62971ae933e2663fe293d09-a152fe75407c0372-01', '{"referral":"33875cab-0ee9-5550-8972-eb252c69221e","code":"6730-9140-8446","kind":"social-protection","scheme":"nssf"}'),
	(116, '01a2109f-eef2-7360-9d85-b17324eadd39', 'intake', 'reintegration.intake.case-registered.v1', '01a2109f-eef0-7649-939d-227c306425b4', 1, '01a2109f-eef0-7649-939d-227db8a3c71e', '2026-11-25 02:54:06.576033+00', '01a2109f-eef1-7670-9149-cce2eca51e71', NULL, '00-01a2109feef176709149cce2eca51e71-9d85b17324eadd39-01', '{"centre":"oddar-meanchey","commune":"220501","sector":"agriculture","occupation":"6112","skills_claimed":[],"work_limits":[]}'),
	(117, '01a2109f-eef2-7360-9d85-b174217b35cb', 'intake', 'reintegration.intake.contact-changed.v1', '01a2109f-eef0-7649-939d-227c306425b4', 2, NULL, '2026-11-25 02:54:06.576033+00', '01a2109f-eef1-7670-9149-cce2eca51e71', '01a2109f-eef2-7360-9d85-b17324eadd39', '00-01a2109feef176709149cce2eca51e71-9d85b174217b35cb-01', '{"contact":"01a2109f-eef1-7670-9149-cce017d3d5cc","channel":"none","language":"km"}'),
	(118, '01a2109f-eef2-7360-9d85-b175eacdc7de', 'intake', 'reintegration.intake.consent-given.v1', '01a2109f-eef0-7649-939d-227c306425b4', 3, NULL, '2026-11-25 02:54:06.576033+00', '01a2109f-eef1-7670-9149-cce2eca51e71', '01a2109f-eef2-7360-9d85-b17324eadd39', '00-01a2109feef176709149cce2eca51e71-9d85b175eacdc7de-01', '{"purpose":"services","text_version":"form-1","given":"spoken","expires":null}'),
	(119, '01a2109f-eef2-7360-9d85-b1765ff8810e', 'intake', 'reintegration.intake.consent-given.v1', '01a2109f-eef0-7649-939d-227c306425b4', 4, NULL, '2026-11-25 02:54:06.576033+00', '01a2109f-eef1-7670-9149-cce2eca51e71', '01a2109f-eef2-7360-9d85-b17324eadd39', '00-01a2109feef176709149cce2eca51e71-9d85b1765ff8810e-01', '{"purpose":"employment","text_version":"form-1","given":"spoken","expires":null}'),
	(120, '01a2109f-eef2-7360-9d85-b1777a7facc2', 'intake', 'reintegration.intake.consent-given.v1', '01a2109f-eef0-7649-939d-227c306425b4', 5, NULL, '2026-11-25 02:54:06.576033+00', '01a2109f-eef1-7670-9149-cce2eca51e71', '01a2109f-eef2-7360-9d85-b17324eadd39', '00-01a2109feef176709149cce2eca51e71-9d85b1777a7facc2-01', '{"purpose":"messages","text_version":"form-1","given":"spoken","expires":null}'),
	(121, '01a2109f-eef2-7360-9d85-b178074496c5', 'intake', 'reintegration.intake.consent-given.v1', '01a2109f-eef0-7649-939d-227c306425b4', 6, NULL, '2026-11-25 02:54:06.576033+00', '01a2109f-eef1-7670-9149-cce2eca51e71', '01a2109f-eef2-7360-9d85-b17324eadd39', '00-01a2109feef176709149cce2eca51e71-9d85b178074496c5-01', '{"purpose":"social-protection","text_version":"form-1","given":"spoken","expires":null}'),
	(122, '01a2109f-eef2-7360-9d85-b1795ffaea9d', 'intake', 'reintegration.intake.needs-assessed.v1', '01a2109f-eef0-7649-939d-227c306425b4', 7, '01a2109f-eef0-7649-939d-227db8a3c71e', '2026-11-25 02:54:06.576033+00', '01a2109f-eef1-7670-9149-cce2eca51e71', '01a2109f-eef2-7360-9d85-b17324eadd39', '00-01a2109feef176709149cce2eca51e71-9d85b1795ffaea9d-01', '{"questionnaire":"intake-1","needs":["training","job","social-protection"]}'),
	(123, '01a2109f-eef2-7360-9d85-b17aeba162b6', 'intake', 'reintegration.intake.plan-agreed.v1', '01a2109f-eef0-7649-939d-227c306425b4', 8, '01a2109f-eef0-7649-939d-227db8a3c71e', '2026-11-25 02:54:06.576033+00', '01a2109f-eef1-7670-9149-cce2eca51e71', '01a2109f-eef2-7360-9d85-b17324eadd39', '00-01a2109feef176709149cce2eca51e71-9d85b17aeba162b6-01', '{"plan":"01a2109f-eef1-7670-9149-cce1af320c16","services":["course","employment"]}'),
	(124, '01a2109f-eef2-7360-9d85-b17bb35f7614', 'intake', 'reintegration.intake.referral-requested.v1', '01a2109f-eef0-7649-939d-227c306425b4', 9, '01a2109f-eef0-7649-939d-227db8a3c71e', '2026-11-25 02:54:06.576033+00', '01a2109f-eef1-7670-9149-cce2eca51e71', '01a2109f-eef2-7360-9d85-b17324eadd39', '00-01a2109feef176709149cce2eca51e71-9d85b17bb35f7614-01', '{"referral":"fa9291ce-58bb-5aed-8e28-cf7450fadc1a","code":"1087-9594-7871","kind":"course","provider":"provider-c","course":"vegetables-c","scheme":null,"occupation":null,"priority":"normal"}'),
	(125, '01a2109f-eef2-7360-9d85-b17c22404cc6', 'intake', 'reintegration.intake.referral-requested.v1', '01a2109f-eef0-7649-939d-227c306425b4', 10, '01a2109f-eef0-7649-939d-227db8a3c71e', '2026-11-25 02:54:06.576033+00', '01a2109f-eef1-7670-9149-cce2eca51e71', '01a2109f-eef2-7360-9d85-b17324eadd39', '00-01a2109feef176709149cce2eca51e71-9d85b17c22404cc6-01', '{"referral":"9a57a966-32c5-5ac4-9bf4-218b43525cc0","code":"5606-9834-1967","kind":"employment","provider":null,"course":null,"scheme":null,"occupation":null,"priority":"normal"}');
INSERT INTO public.offer VALUES
	('vegetables-c', 'provider-c', 'Growing vegetables', 'ដាំបន្លែ', 'agriculture', '6111', '22', '["vegetable-growing", "drip-irrigation"]', false);
INSERT INTO public.person VALUES
	('01a2109f-de6b-75be-a7ea-d1e744816c40', 'oddar-meanchey', '01a2109f-de6b-75be-a7ea-d1e80d0e3987', 'female', '01a2109f-de9a-72c8-b742-2dd2449d78a2', 'sms', 'km', '{"messages": {"given": "signed", "expires": null, "text_version": "form-1"}, "services": {"given": "signed", "expires": null, "text_version": "form-1"}, "employment": {"given": "signed", "expires": null, "text_version": "form-1"}, "social-protection": {"given": "signed", "expires": null, "text_version": "form-1"}}'),
	('01a2109f-de6b-75be-a7ea-d1e9703ab29d', 'oddar-meanchey', '01a2109f-de6b-75be-a7ea-d1ea223fb066', 'male', '01a2109f-de9b-735a-a36c-f393cb4d0854', 'sms', 'km', '{"messages": {"given": "signed", "expires": null, "text_version": "form-1"}, "services": {"given": "signed", "expires": null, "text_version": "form-1"}, "employment": {"given": "signed", "expires": null, "text_version": "form-1"}, "social-protection": {"given": "signed", "expires": null, "text_version": "form-1"}}'),
	('01a2109f-de6b-75be-a7ea-d1edddc05837', 'oddar-meanchey', '01a2109f-de6b-75be-a7ea-d1ee0310fc47', 'male', '01a2109f-de9b-735a-a36c-f397da01f7e5', 'sms', 'km', '{"messages": {"given": "signed", "expires": null, "text_version": "form-1"}, "services": {"given": "signed", "expires": null, "text_version": "form-1"}, "employment": {"given": "signed", "expires": null, "text_version": "form-1"}, "social-protection": {"given": "signed", "expires": null, "text_version": "form-1"}}'),
	('01a2109f-de6b-75be-a7ea-d1ef1c9e5edc', 'oddar-meanchey', '01a2109f-de6b-75be-a7ea-d1f0d323d9f1', 'female', '01a2109f-de9b-735a-a36c-f3999ba335be', 'voice', 'km', '{"messages": {"given": "signed", "expires": null, "text_version": "form-1"}, "services": {"given": "signed", "expires": null, "text_version": "form-1"}, "employment": {"given": "signed", "expires": null, "text_version": "form-1"}, "social-protection": {"given": "signed", "expires": null, "text_version": "form-1"}}'),
	('01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 'oddar-meanchey', '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', 'female', '01a2109f-de9b-735a-a36c-f39b8da817e8', 'sms', 'km', '{"messages": {"given": "spoken", "expires": null, "text_version": "form-1"}, "services": {"given": "spoken", "expires": null, "text_version": "form-1"}, "employment": {"given": "spoken", "expires": null, "text_version": "form-1"}, "social-protection": {"given": "spoken", "expires": null, "text_version": "form-1"}}'),
	('01a2109f-df20-7382-a953-d425efec716c', 'oddar-meanchey', '01a2109f-df20-7382-a953-d426b6e6eed9', 'female', '01a2109f-df3d-74fe-a62e-5c450c4ab265', 'sms', 'km', '{"messages": {"given": "signed", "expires": null, "text_version": "form-1"}, "services": {"given": "signed", "expires": null, "text_version": "form-1"}, "employment": {"given": "signed", "expires": null, "text_version": "form-1"}, "social-protection": {"given": "signed", "expires": null, "text_version": "form-1"}}'),
	('01a2109f-de6b-75be-a7ea-d1f352c2cd93', 'oddar-meanchey', '01a2109f-de6b-75be-a7ea-d1f4e6b9fe6f', 'female', '01a2109f-de9b-735a-a36c-f39d001e56bf', 'voice', 'km', '{"services": {"given": "spoken", "expires": null, "text_version": "form-1"}, "employment": {"given": "spoken", "expires": null, "text_version": "form-1"}, "social-protection": {"given": "spoken", "expires": null, "text_version": "form-1"}}'),
	('01a2109f-de6b-75be-a7ea-d1ebebcc3258', 'oddar-meanchey', '01a2109f-de6b-75be-a7ea-d1eccc674f2b', 'female', '01a2109f-de9b-735a-a36c-f39527457861', 'none', 'km', '{"services": {"given": "signed", "expires": null, "text_version": "form-1"}, "employment": {"given": "signed", "expires": null, "text_version": "form-1"}, "social-protection": {"given": "signed", "expires": null, "text_version": "form-1"}}'),
	('01a2109f-ed58-770e-bf2f-f161c93dcc87', 'oddar-meanchey', '01a2109f-ed58-770e-bf2f-f16232a86871', 'female', '01a2109f-ed5f-703c-96a7-349fb1946175', 'sms', 'km', '{"messages": {"given": "signed", "expires": null, "text_version": "form-1"}, "services": {"given": "signed", "expires": null, "text_version": "form-1"}, "employment": {"given": "signed", "expires": null, "text_version": "form-1"}, "social-protection": {"given": "signed", "expires": null, "text_version": "form-1"}}'),
	('01a2109f-eef0-7649-939d-227c306425b4', 'oddar-meanchey', '01a2109f-eef0-7649-939d-227db8a3c71e', 'female', '01a2109f-eef1-7670-9149-cce017d3d5cc', 'none', 'km', '{"messages": {"given": "spoken", "expires": null, "text_version": "form-1"}, "services": {"given": "spoken", "expires": null, "text_version": "form-1"}, "employment": {"given": "spoken", "expires": null, "text_version": "form-1"}, "social-protection": {"given": "spoken", "expires": null, "text_version": "form-1"}}');
INSERT INTO public.plan VALUES
	('01a2109f-de9a-72c8-b742-2dd36a8e2251', '01a2109f-de6b-75be-a7ea-d1e744816c40', '01a2109f-de6b-75be-a7ea-d1e80d0e3987', 'plan-1', '["course", "employment"]', '{"social-protection": "no-employment-known"}', '2026-11-25'),
	('01a2109f-de9b-735a-a36c-f394238aceaf', '01a2109f-de6b-75be-a7ea-d1e9703ab29d', '01a2109f-de6b-75be-a7ea-d1ea223fb066', 'plan-1', '["prior-learning", "employment"]', '{}', '2026-11-25'),
	('01a2109f-de9b-735a-a36c-f396d910c862', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', '01a2109f-de6b-75be-a7ea-d1eccc674f2b', 'plan-1', '["course", "employment"]', '{"social-protection": "no-employment-known"}', '2026-11-25'),
	('01a2109f-de9b-735a-a36c-f398ad9cfd20', '01a2109f-de6b-75be-a7ea-d1edddc05837', '01a2109f-de6b-75be-a7ea-d1ee0310fc47', 'plan-1', '["course", "employment"]', '{"social-protection": "no-employment-known"}', '2026-11-25'),
	('01a2109f-de9b-735a-a36c-f39a03bd927a', '01a2109f-de6b-75be-a7ea-d1ef1c9e5edc', '01a2109f-de6b-75be-a7ea-d1f0d323d9f1', 'plan-1', '["course", "employment"]', '{"social-protection": "no-employment-known"}', '2026-11-25'),
	('01a2109f-de9b-735a-a36c-f39ce0e60175', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', 'plan-1', '["prior-learning", "employment"]', '{}', '2026-11-25'),
	('01a2109f-de9b-735a-a36c-f39e07f34877', '01a2109f-de6b-75be-a7ea-d1f352c2cd93', '01a2109f-de6b-75be-a7ea-d1f4e6b9fe6f', 'plan-1', '["course", "employment"]', '{"social-protection": "no-employment-known"}', '2026-11-25'),
	('01a2109f-df3e-76d7-8c0c-1d6674224d9f', '01a2109f-df20-7382-a953-d425efec716c', '01a2109f-df20-7382-a953-d426b6e6eed9', 'plan-1', '["course", "employment"]', '{"social-protection": "no-employment-known"}', '2026-11-25'),
	('01a2109f-ed5f-703c-96a7-34a042ee2d35', '01a2109f-ed58-770e-bf2f-f161c93dcc87', '01a2109f-ed58-770e-bf2f-f16232a86871', 'plan-1', '["course", "employment"]', '{"social-protection": "no-employment-known"}', '2026-11-25'),
	('01a2109f-eef1-7670-9149-cce1af320c16', '01a2109f-eef0-7649-939d-227c306425b4', '01a2109f-eef0-7649-939d-227db8a3c71e', 'plan-1', '["course", "employment"]', '{"social-protection": "no-employment-known"}', '2026-11-25');
INSERT INTO public.referral VALUES
	('135f0175-7578-567e-89e7-7ee8e15f96aa', '7266-7299-2260', '01a2109f-de6b-75be-a7ea-d1ef1c9e5edc', '01a2109f-de6b-75be-a7ea-d1f0d323d9f1', 'employment', 'employment', 'employment', '2026-11-25', NULL, NULL, NULL, NULL, 'normal', 'requested', '2026-11-25', NULL, NULL),
	('7525c884-f5f7-5d0e-8fc2-1e0a7d2a8af6', '8754-5135-5871', '01a2109f-de6b-75be-a7ea-d1f352c2cd93', '01a2109f-de6b-75be-a7ea-d1f4e6b9fe6f', 'employment', 'employment', 'employment', '2026-11-25', NULL, NULL, NULL, NULL, 'normal', 'requested', '2026-11-25', NULL, NULL),
	('7ef1a2b2-05d1-50c5-a6be-30e2311bd46c', '3163-5276-4289', '01a2109f-de6b-75be-a7ea-d1e9703ab29d', '01a2109f-de6b-75be-a7ea-d1ea223fb066', 'employment', 'employment', 'employment', '2026-11-25', NULL, NULL, NULL, NULL, 'normal', 'requested', '2026-11-25', NULL, NULL),
	('9041c939-85b7-5d7b-8237-a5f1df370648', '5872-9936-9961', '01a2109f-de6b-75be-a7ea-d1edddc05837', '01a2109f-de6b-75be-a7ea-d1ee0310fc47', 'employment', 'employment', 'employment', '2026-11-25', NULL, NULL, NULL, NULL, 'normal', 'requested', '2026-11-25', NULL, NULL),
	('4bc93812-2f1c-5e85-b8d6-575aebf2a81a', '8272-6871-4360', '01a2109f-de6b-75be-a7ea-d1f352c2cd93', '01a2109f-de6b-75be-a7ea-d1f4e6b9fe6f', 'course', 'course', 'services', '2026-11-25', 'provider-c', 'vegetables-c', NULL, NULL, 'normal', 'rejected', '2026-11-25', 'full', NULL),
	('22e92af5-ec0a-5b96-b6ea-4f4a2805b10f', '7640-6272-8369', '01a2109f-df20-7382-a953-d425efec716c', '01a2109f-df20-7382-a953-d426b6e6eed9', 'course', 'course', 'services', '2026-11-25', 'provider-c', 'vegetables-c', NULL, NULL, 'normal', 'rejected', '2026-11-25', 'full', NULL),
	('2c39e951-35fe-556e-938e-8c09f6ccac3e', '1811-3007-2205', '01a2109f-de6b-75be-a7ea-d1e744816c40', '01a2109f-de6b-75be-a7ea-d1e80d0e3987', 'employment', 'employment', 'employment', '2026-11-25', NULL, NULL, NULL, NULL, 'normal', 'withdrawn', '2026-11-25', 'case-closed', NULL),
	('5944e64f-81e3-57b2-b857-ab52b616efdd', '1480-0605-4462', '01a2109f-de6b-75be-a7ea-d1e744816c40', '01a2109f-de6b-75be-a7ea-d1e80d0e3987', 'course', 'course', 'services', '2026-11-25', 'provider-c', 'vegetables-c', NULL, NULL, 'normal', 'withdrawn', '2026-11-25', 'case-closed', NULL),
	('20e45f9c-20d7-50ef-8e58-e52d749fdabf', '8433-8711-9582', '01a2109f-df20-7382-a953-d425efec716c', '01a2109f-df20-7382-a953-d426b6e6eed9', 'employment', 'employment', 'employment', '2026-11-25', NULL, NULL, NULL, NULL, 'normal', 'withdrawn', '2026-11-25', 'case-closed', NULL),
	('fa1ec0ec-7560-5b0b-8fa1-2d9c9588a199', '5020-2831-3917', '01a2109f-de6b-75be-a7ea-d1edddc05837', '01a2109f-de6b-75be-a7ea-d1ee0310fc47', 'course', 'course', 'services', '2026-11-25', 'provider-c', 'vegetables-c', NULL, NULL, 'normal', 'withdrawn', '2026-11-25', 'person-declined', NULL),
	('05507489-1e4b-56ca-9a79-ecbf3f751480', '7018-5339-4971', '01a2109f-de6b-75be-a7ea-d1ef1c9e5edc', '01a2109f-de6b-75be-a7ea-d1f0d323d9f1', 'course', 'course', 'services', '2026-11-25', 'provider-c', 'vegetables-c', NULL, NULL, 'normal', 'withdrawn', '2026-11-25', 'person-declined', NULL),
	('8a22efd9-7404-5cf9-ae20-037490e26057', '7787-9962-8745', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', 'prior-learning', 'prior-learning', 'services', '2026-11-25', 'provider-c', NULL, NULL, '6112', 'normal', 'completed', '2026-11-25', NULL, 'recognised'),
	('15c80258-e804-55d7-afa5-b2157c3c01a7', '3043-4048-9347', '01a2109f-de6b-75be-a7ea-d1e9703ab29d', '01a2109f-de6b-75be-a7ea-d1ea223fb066', 'prior-learning', 'prior-learning', 'services', '2026-11-25', 'provider-c', NULL, NULL, '6112', 'normal', 'completed', '2026-11-25', NULL, 'recognised'),
	('9b62dfaa-0d02-5ae9-9149-955970491afd', '4118-6997-2625', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', '01a2109f-de6b-75be-a7ea-d1eccc674f2b', 'course', 'course', 'services', '2026-11-25', 'provider-c', 'vegetables-c', NULL, NULL, 'normal', 'completed', '2026-11-25', NULL, 'passed'),
	('41eea308-b859-558b-8aad-73231242b4bf', '4700-6214-5792', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', '01a2109f-de6b-75be-a7ea-d1eccc674f2b', 'employment', 'employment', 'employment', '2026-11-25', NULL, NULL, NULL, NULL, 'normal', 'completed', '2026-11-25', NULL, 'placed'),
	('931c624c-d1f1-5d49-b37a-c40214d9d6cd', '7938-2354-9987', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', 'employment', 'employment', 'employment', '2026-11-25', NULL, NULL, NULL, NULL, 'normal', 'completed', '2026-11-25', NULL, 'placed'),
	('eac5b2c5-122d-5d5e-be41-9ece66d8b032', '6176-2851-0117', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', 'social-protection', 'social-protection', 'social-protection', '2026-11-25', NULL, NULL, 'nssf', NULL, 'normal', 'accepted', '2026-11-25', NULL, NULL),
	('33875cab-0ee9-5550-8972-eb252c69221e', '6730-9140-8446', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', '01a2109f-de6b-75be-a7ea-d1eccc674f2b', 'social-protection', 'social-protection', 'social-protection', '2026-11-25', NULL, NULL, 'nssf', NULL, 'normal', 'accepted', '2026-11-25', NULL, NULL),
	('2f7b7291-726c-5797-85c7-318269ca616f', '2673-0532-0054', '01a2109f-ed58-770e-bf2f-f161c93dcc87', '01a2109f-ed58-770e-bf2f-f16232a86871', 'employment', 'employment', 'employment', '2026-11-25', NULL, NULL, NULL, NULL, 'normal', 'requested', '2026-11-25', NULL, NULL),
	('ad75f0fd-2e55-50b6-a9a5-562dfd8a368b', '1208-8753-5154', '01a2109f-ed58-770e-bf2f-f161c93dcc87', '01a2109f-ed58-770e-bf2f-f16232a86871', 'course', 'course', 'services', '2026-11-25', 'provider-c', 'vegetables-c', NULL, NULL, 'normal', 'accepted', '2026-11-25', NULL, NULL),
	('9a57a966-32c5-5ac4-9bf4-218b43525cc0', '5606-9834-1967', '01a2109f-eef0-7649-939d-227c306425b4', '01a2109f-eef0-7649-939d-227db8a3c71e', 'employment', 'employment', 'employment', '2026-11-25', NULL, NULL, NULL, NULL, 'normal', 'requested', '2026-11-25', NULL, NULL),
	('fa9291ce-58bb-5aed-8e28-cf7450fadc1a', '1087-9594-7871', '01a2109f-eef0-7649-939d-227c306425b4', '01a2109f-eef0-7649-939d-227db8a3c71e', 'course', 'course', 'services', '2026-11-25', 'provider-c', 'vegetables-c', NULL, NULL, 'normal', 'requested', '2026-11-25', NULL, NULL);
INSERT INTO public.referral_code VALUES
	('1480-0605-4462'),
	('1811-3007-2205'),
	('3043-4048-9347'),
	('3163-5276-4289'),
	('4118-6997-2625'),
	('4700-6214-5792'),
	('5020-2831-3917'),
	('5872-9936-9961'),
	('7018-5339-4971'),
	('7266-7299-2260'),
	('7787-9962-8745'),
	('7938-2354-9987'),
	('8272-6871-4360'),
	('8754-5135-5871'),
	('7640-6272-8369'),
	('8433-8711-9582'),
	('6730-9140-8446'),
	('6176-2851-0117'),
	('1208-8753-5154'),
	('2673-0532-0054'),
	('1087-9594-7871'),
	('5606-9834-1967');
INSERT INTO public.subject VALUES
	('01a2109f-de6b-75be-a7ea-d1f352c2cd93', 12, false),
	('01a2109f-de6b-75be-a7ea-d1e744816c40', 14, false),
	('01a2109f-df20-7382-a953-d425efec716c', 13, false),
	('01a2109f-de6b-75be-a7ea-d1edddc05837', 12, false),
	('01a2109f-de6b-75be-a7ea-d1ef1c9e5edc', 12, false),
	('01a2109f-de6b-75be-a7ea-d1e9703ab29d', 11, false),
	('01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 14, false),
	('01a2109f-de6b-75be-a7ea-d1ebebcc3258', 16, false),
	('01a2109f-ed58-770e-bf2f-f161c93dcc87', 11, false),
	('01a2109f-eef0-7649-939d-227c306425b4', 10, false);
INSERT INTO public.unsent VALUES
	(116),
	(117),
	(118),
	(119),
	(120),
	(121),
	(122),
	(123),
	(124),
	(125);
SELECT pg_catalog.setval('public.inbox_batch', 24, true);
SELECT pg_catalog.setval('public.ledger_position_seq', 125, true);
SELECT pg_catalog.setval('public.parked_number_seq', 1, false);
SELECT pg_catalog.setval('public.timer_number_seq', 1, false);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.cases
    ADD CONSTRAINT cases_pkey PRIMARY KEY (caseid);
ALTER TABLE ONLY public.command
    ADD CONSTRAINT command_pkey PRIMARY KEY (principal, key);
ALTER TABLE ONLY public.evaluation
    ADD CONSTRAINT evaluation_pkey PRIMARY KEY (evaluation);
ALTER TABLE ONLY public.form
    ADD CONSTRAINT form_pkey PRIMARY KEY (centre, form_no);
ALTER TABLE ONLY public.heard
    ADD CONSTRAINT heard_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.identity
    ADD CONSTRAINT identity_contact_key UNIQUE (contact);
ALTER TABLE ONLY public.identity
    ADD CONSTRAINT identity_pkey PRIMARY KEY (person);
ALTER TABLE ONLY public.inbox
    ADD CONSTRAINT inbox_pkey PRIMARY KEY (consumer, id);
ALTER TABLE ONLY public.ledger
    ADD CONSTRAINT ledger_pkey PRIMARY KEY ("position");
ALTER TABLE ONLY public.ledger
    ADD CONSTRAINT ledger_subject_sequence_key UNIQUE (subject, sequence);
ALTER TABLE ONLY public.offer
    ADD CONSTRAINT offer_pkey PRIMARY KEY (course);
ALTER TABLE ONLY public.parked
    ADD CONSTRAINT parked_consumer_topic_partition_offset_digest_key UNIQUE (consumer, topic, partition, "offset", digest);
ALTER TABLE ONLY public.parked
    ADD CONSTRAINT parked_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.person
    ADD CONSTRAINT person_pkey PRIMARY KEY (person);
ALTER TABLE ONLY public.plan
    ADD CONSTRAINT plan_pkey PRIMARY KEY (plan);
ALTER TABLE ONLY public.referral
    ADD CONSTRAINT referral_code_key UNIQUE (code);
ALTER TABLE ONLY public.referral_code
    ADD CONSTRAINT referral_code_pkey PRIMARY KEY (code);
ALTER TABLE ONLY public.referral
    ADD CONSTRAINT referral_pkey PRIMARY KEY (referral);
ALTER TABLE ONLY public.subject
    ADD CONSTRAINT subject_pkey PRIMARY KEY (subject);
ALTER TABLE ONLY public.timer
    ADD CONSTRAINT timer_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.unsent
    ADD CONSTRAINT unsent_pkey PRIMARY KEY ("position");
CREATE INDEX cases_person ON public.cases USING btree (person);
CREATE INDEX evaluation_case ON public.evaluation USING btree (caseid);
CREATE INDEX heard_person ON public.heard USING btree (person);
CREATE UNIQUE INDEX parked_id ON public.parked USING btree (consumer, id) WHERE (id IS NOT NULL);
CREATE INDEX parked_waiting ON public.parked USING btree (subject) WHERE (state = 'waiting'::text);
CREATE INDEX referral_person ON public.referral USING btree (person);
CREATE INDEX referral_provider ON public.referral USING btree (provider, requested_on) WHERE (provider IS NOT NULL);
CREATE INDEX referral_scheme ON public.referral USING btree (scheme, requested_on) WHERE (scheme IS NOT NULL);
CREATE INDEX timer_due ON public.timer USING btree (due_at, number);
CREATE INDEX timer_subject ON public.timer USING btree (subject);
