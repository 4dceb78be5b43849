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
CREATE TABLE public.match (
    match uuid NOT NULL,
    person uuid NOT NULL,
    vacancy uuid NOT NULL,
    caseid uuid,
    state text NOT NULL,
    score integer NOT NULL,
    parts jsonb NOT NULL,
    missing jsonb NOT NULL,
    rules text NOT NULL,
    proposed_at timestamp with time zone NOT NULL,
    reason text,
    starts date,
    engagement text,
    CONSTRAINT match_score_check CHECK (((score >= 0) AND (score <= 100))),
    CONSTRAINT match_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'accepted'::text, 'declined'::text, 'placed'::text])))
)
WITH (fillfactor='70');
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
CREATE TABLE public.seeker (
    person uuid NOT NULL,
    cases jsonb DEFAULT '[]'::jsonb NOT NULL,
    centres jsonb DEFAULT '[]'::jsonb NOT NULL,
    commune text,
    occupation text,
    skills jsonb DEFAULT '[]'::jsonb NOT NULL,
    limits jsonb DEFAULT '[]'::jsonb NOT NULL,
    assessed jsonb DEFAULT '[]'::jsonb NOT NULL,
    consent boolean DEFAULT false NOT NULL,
    consent_until date,
    referral uuid,
    seeking boolean DEFAULT true NOT NULL,
    accepted uuid,
    placed boolean DEFAULT false NOT NULL
)
WITH (fillfactor='70');
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
CREATE TABLE public.vacancy (
    vacancy uuid NOT NULL,
    employer text NOT NULL,
    vacancy_no text NOT NULL,
    occupation text NOT NULL,
    skills jsonb NOT NULL,
    commune text NOT NULL,
    seats integer NOT NULL,
    taken integer DEFAULT 0 NOT NULL,
    wage_usd integer,
    closes date,
    opened_at timestamp with time zone NOT NULL,
    CONSTRAINT vacancy_check CHECK (((taken >= 0) AND (taken <= seats))),
    CONSTRAINT vacancy_seats_check CHECK ((seats > 0))
)
WITH (fillfactor='50');
INSERT INTO public.alembic_version VALUES
	('0001');
INSERT INTO public.command VALUES
	('employment-agency', 'e3b527c57a744c91a0d13647f47e513a-0', '\x1e001058314236596bb108b7f01006ca85cc5f0558744f178a98d9ae1f0e027d', 200, '{"rows": [{"ids": {"vacancy": "b7232c40-b649-5ace-b10d-bc2c340dc62f"}, "line": 2, "status": "accepted"}, {"ids": {"vacancy": "a55522da-a6f6-53b7-94f2-056a1449b187"}, "line": 3, "status": "accepted"}, {"ids": {"vacancy": "c97f9475-0e9a-5de6-b2f8-d663b53228ec"}, "line": 4, "status": "accepted"}]}', '2026-11-25 02:54:02.35562+00'),
	('counsellor-oddar-meanchey', 'e0d62f65bf7146ac98ee7d783a78c226', '\x1b4acbc61747f7a304e8352bfe418e36fd4f52f56fc920893e2a455681429c2e', 200, '{"ids": {"match": "75813680-a9fe-5c3c-95ab-3666e7d58d9a", "vacancy": "c97f9475-0e9a-5de6-b2f8-d663b53228ec"}, "links": {"match": "/matches/75813680-a9fe-5c3c-95ab-3666e7d58d9a", "vacancy": "/vacancies/c97f9475-0e9a-5de6-b2f8-d663b53228ec"}, "status": "accepted"}', '2026-11-25 02:54:03.999014+00'),
	('counsellor-oddar-meanchey', 'c4ffc4674ed445f0a0d6b37c976aac49', '\x436ac86dea6a6df2ba84a7c342cc4f904226cdfb29b86417f20245843d9029fa', 200, '{"ids": {"match": "2bfab7f2-d598-5469-8dd1-98d12670664d", "vacancy": "b7232c40-b649-5ace-b10d-bc2c340dc62f"}, "links": {"match": "/matches/2bfab7f2-d598-5469-8dd1-98d12670664d", "vacancy": "/vacancies/b7232c40-b649-5ace-b10d-bc2c340dc62f"}, "status": "accepted"}', '2026-11-25 02:54:04.004714+00'),
	('employer-sample-works-1', 'cc5e12e2025d41f28363546988922e71', '\x2259a0eadc9494d4c258ba8318638dd9dc5f5cdf599fbd765fa99f520374dfd6', 200, '{"ids": {"match": "75813680-a9fe-5c3c-95ab-3666e7d58d9a", "vacancy": "c97f9475-0e9a-5de6-b2f8-d663b53228ec"}, "links": {"match": "/matches/75813680-a9fe-5c3c-95ab-3666e7d58d9a", "vacancy": "/vacancies/c97f9475-0e9a-5de6-b2f8-d663b53228ec"}, "status": "placed"}', '2026-11-25 02:54:04.101627+00'),
	('employer-sample-works-1', '5f108054c1054ce8b359543103f17e2b', '\x3e0d871c6a4061fb7821703020d6898d59c79515bf9e8f80c264215fa6388b0b', 200, '{"ids": {"match": "2bfab7f2-d598-5469-8dd1-98d12670664d", "vacancy": "b7232c40-b649-5ace-b10d-bc2c340dc62f"}, "links": {"match": "/matches/2bfab7f2-d598-5469-8dd1-98d12670664d", "vacancy": "/vacancies/b7232c40-b649-5ace-b10d-bc2c340dc62f"}, "status": "placed"}', '2026-11-25 02:54:04.103293+00'),
	('counsellor', '3f166b9b232340cb84a46448515b5afb', '\x57dacac8e7d86597c1f56b649c54efca95b2078d7d713a7ca88106be8e119c11', 200, '{"ids": {"match": "91c8bae2-6918-5280-bb41-b9c19fd6f7f9", "vacancy": "b7232c40-b649-5ace-b10d-bc2c340dc62f"}, "links": {"match": "/matches/91c8bae2-6918-5280-bb41-b9c19fd6f7f9", "vacancy": "/vacancies/b7232c40-b649-5ace-b10d-bc2c340dc62f"}, "status": "declined"}', '2026-11-25 02:54:05.454684+00');
INSERT INTO public.inbox VALUES
	('employment', '01a2109f-deaa-7186-8307-64b3aeb587b9', 1, 8),
	('employment', '01a2109f-deaa-7186-8307-64b5c4867983', 1, 9),
	('employment', '01a2109f-deaa-7186-8307-64b644136802', 1, 10),
	('employment', '01a2109f-deaa-7186-8307-64b75509fee5', 1, 11),
	('employment', '01a2109f-deaa-7186-8307-64b8cab930b6', 1, 12),
	('employment', '01a2109f-deaa-7186-8307-64b9616d5783', 1, 13),
	('employment', '01a2109f-deaa-7186-8307-64bbc10568dc', 1, 14),
	('employment', '01a2109f-deaa-7186-8307-64bc615d31c4', 1, 15),
	('employment', '01a2109f-deaa-7186-8307-64bf93f466cd', 1, 16),
	('employment', '01a2109f-deaa-7186-8307-64c18e0fb9f9', 1, 17),
	('employment', '01a2109f-deaa-7186-8307-64c2f4cdb0e9', 1, 18),
	('employment', '01a2109f-deaa-7186-8307-64c32b29d37d', 1, 19),
	('employment', '01a2109f-deaa-7186-8307-64c45f1b05aa', 1, 20),
	('employment', '01a2109f-deaa-7186-8307-64c5033d52b4', 1, 21),
	('employment', '01a2109f-deaa-7186-8307-64c76f402b42', 1, 22),
	('employment', '01a2109f-deaa-7186-8307-64c8c1c6306b', 1, 23),
	('employment', '01a2109f-deab-7423-a1b6-21205fde52bd', 1, 32),
	('employment', '01a2109f-deab-7423-a1b6-21222ac8a4f8', 1, 33),
	('employment', '01a2109f-deab-7423-a1b6-2123d3765ae4', 1, 34),
	('employment', '01a2109f-deab-7423-a1b6-212448ae7dc8', 1, 35),
	('employment', '01a2109f-deab-7423-a1b6-21251e1d905c', 1, 36),
	('employment', '01a2109f-deab-7423-a1b6-21268806c558', 1, 37),
	('employment', '01a2109f-deab-7423-a1b6-2128ba5eeca9', 1, 38),
	('employment', '01a2109f-deab-7423-a1b6-21295825e1da', 1, 39),
	('employment', '01a2109f-deab-7423-a1b6-212c477d30a2', 1, 40),
	('employment', '01a2109f-deab-7423-a1b6-212e9767cad0', 1, 41),
	('employment', '01a2109f-deab-7423-a1b6-212f0a26e5f4', 1, 42),
	('employment', '01a2109f-deab-7423-a1b6-21300b1dae61', 1, 43),
	('employment', '01a2109f-deab-7423-a1b6-2131a33b3820', 1, 44),
	('employment', '01a2109f-deab-7423-a1b6-213216b19b0d', 1, 45),
	('employment', '01a2109f-deab-7423-a1b6-213458400f47', 1, 46),
	('employment', '01a2109f-deab-7423-a1b6-21350461289b', 1, 47),
	('employment', '01a2109f-deab-7423-a1b6-2138a860c27a', 1, 24),
	('employment', '01a2109f-deab-7423-a1b6-213a57b13f0d', 1, 25),
	('employment', '01a2109f-deab-7423-a1b6-213b865bf657', 1, 26),
	('employment', '01a2109f-deab-7423-a1b6-213c19297196', 1, 27),
	('employment', '01a2109f-deab-7423-a1b6-213d7ee54446', 1, 28),
	('employment', '01a2109f-deab-7423-a1b6-213ea4a51e6f', 1, 29),
	('employment', '01a2109f-deab-7423-a1b6-214005b8dee6', 1, 30),
	('employment', '01a2109f-deab-7423-a1b6-21411bcd0de9', 1, 31),
	('employment', '01a2109f-deab-7423-a1b6-21447cca531f', 1, 0),
	('employment', '01a2109f-deab-7423-a1b6-2146e63e868a', 1, 1),
	('employment', '01a2109f-deab-7423-a1b6-214781aa9831', 1, 2),
	('employment', '01a2109f-deab-7423-a1b6-2148ff3cd864', 1, 3),
	('employment', '01a2109f-deab-7423-a1b6-2149028280db', 1, 4),
	('employment', '01a2109f-deab-7423-a1b6-214aeff6be8e', 1, 5),
	('employment', '01a2109f-deab-7423-a1b6-214c5ebb4fd5', 1, 6),
	('employment', '01a2109f-deab-7423-a1b6-214d00ab88fc', 1, 7),
	('employment', '01a2109f-deac-72ea-a6dd-fb9d226f653c', 1, 48),
	('employment', '01a2109f-deac-72ea-a6dd-fb9f132d7109', 1, 49),
	('employment', '01a2109f-deac-72ea-a6dd-fba0e78ca84b', 1, 50),
	('employment', '01a2109f-deac-72ea-a6dd-fba156d1c8c1', 1, 51),
	('employment', '01a2109f-deac-72ea-a6dd-fba27ca8e2f4', 1, 52),
	('employment', '01a2109f-deac-72ea-a6dd-fba3a8c531b2', 1, 53),
	('employment', '01a2109f-deac-72ea-a6dd-fba567347f55', 1, 54),
	('employment', '01a2109f-deac-72ea-a6dd-fba621121d7a', 1, 55),
	('employment', '01a2109f-df3f-70af-8909-c76832211bb8', 2, 0),
	('employment', '01a2109f-df3f-70af-8909-c76a7839ed6b', 2, 1),
	('employment', '01a2109f-df3f-70af-8909-c76b0843d6df', 2, 2),
	('employment', '01a2109f-df3f-70af-8909-c76cd8fefe07', 2, 3),
	('employment', '01a2109f-df3f-70af-8909-c76d51cf9a3e', 2, 4),
	('employment', '01a2109f-df3f-70af-8909-c76e0cdde55d', 2, 5),
	('employment', '01a2109f-df3f-70af-8909-c77052362660', 2, 6),
	('employment', '01a2109f-df3f-70af-8909-c7714cf0f1db', 2, 7),
	('employment', '01a2109f-e1c0-71b7-9ba5-c8f7e5bb666e', 3, 0),
	('employment', '01a2109f-e1f9-74e9-a2a0-61727fc07034', 4, 0),
	('employment', '01a2109f-e21b-72df-a95a-16bcf9c6b47f', 5, 0),
	('employment', '01a2109f-e21b-72df-a95a-16bd73eaac93', 5, 1),
	('employment', '01a2109f-e21b-72df-a95a-16be45f3a357', 5, 2),
	('employment', '01a2109f-e241-708f-a483-86476ded580e', 6, 0),
	('employment', '01a2109f-e241-708f-a483-8648ce886d33', 6, 1),
	('employment', '01a2109f-e292-709a-b457-08900476ec8a', 7, 0),
	('employment', '01a2109f-e2c6-7659-befc-477a212f5c65', 8, 0),
	('employment', '01a2109f-e309-75bd-87fb-92a28fe2623a', 9, 0),
	('employment', '01a2109f-e315-749a-9b1d-288c81a08486', 10, 0),
	('employment', '01a2109f-e364-710c-b3b6-46df2a91c96c', 11, 0),
	('employment', '01a2109f-e570-71d6-8577-afcb0a23f921', 12, 0),
	('employment', '01a2109f-e5ae-7099-a1f9-ea3b9087398a', 13, 0);
INSERT INTO public.ledger OVERRIDING SYSTEM VALUE VALUES
	(1, '01a2109f-de90-7755-a8e9-44a836fc48b3', 'employment.vacancies', 'reintegration.employment.vacancy-opened.v1', 'b7232c40-b649-5ace-b10d-bc2c340dc62f', 1, NULL, '2026-11-25 02:54:02.35562+00', '01a2109f-de46-738b-af81-7b422e1ce4c2', NULL, '00-01a2109fde46738baf817b422e1ce4c2-a8e944a836fc48b3-01', '{"employer":"sample-works-1","occupation":"6111","skills":["vegetable-growing"],"commune":"220501","seats":1,"wage_usd":250,"closes":"2027-01-31"}'),
	(2, '01a2109f-de90-7755-a8e9-44a9ff784b5c', 'employment.vacancies', 'reintegration.employment.vacancy-opened.v1', 'a55522da-a6f6-53b7-94f2-056a1449b187', 1, NULL, '2026-11-25 02:54:02.35562+00', '01a2109f-de46-738b-af81-7b422e1ce4c2', NULL, '00-01a2109fde46738baf817b422e1ce4c2-a8e944a9ff784b5c-01', '{"employer":"sample-works-1","occupation":"6111","skills":["drip-irrigation"],"commune":"220401","seats":1,"wage_usd":250,"closes":"2027-01-31"}'),
	(3, '01a2109f-de90-7755-a8e9-44aa0713d0ba', 'employment.vacancies', 'reintegration.employment.vacancy-opened.v1', 'c97f9475-0e9a-5de6-b2f8-d663b53228ec', 1, NULL, '2026-11-25 02:54:02.35562+00', '01a2109f-de46-738b-af81-7b422e1ce4c2', NULL, '00-01a2109fde46738baf817b422e1ce4c2-a8e944aa0713d0ba-01', '{"employer":"sample-works-1","occupation":"6111","skills":["vegetable-growing"],"commune":"220502","seats":1,"wage_usd":250,"closes":"2027-01-31"}'),
	(4, '01a2109f-e345-71c0-97b4-041111bf1cc8', 'employment', 'reintegration.employment.match-proposed.v1', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 1, '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', '2026-11-25 02:54:03.58049+00', '01a2109f-e2ee-71cb-9941-90b1449553e5', '01a2109f-e309-75bd-87fb-92a28fe2623a', '00-01a2109fe2ee71cb994190b1449553e5-97b4041111bf1cc8-01', '{"match":"2bfab7f2-d598-5469-8dd1-98d12670664d","vacancy":"b7232c40-b649-5ace-b10d-bc2c340dc62f","occupation":"6111","commune":"220501","score":88,"reasons":[{"name":"skills","points":60},{"name":"place","points":20},{"name":"occupation","points":8}],"missing":[],"rules":"matching-1"}'),
	(5, '01a2109f-e345-71c0-97b4-0412bdc5fe54', 'employment', 'reintegration.employment.match-proposed.v1', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 2, '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', '2026-11-25 02:54:03.58049+00', '01a2109f-e2ee-71cb-9941-90b1449553e5', '01a2109f-e309-75bd-87fb-92a28fe2623a', '00-01a2109fe2ee71cb994190b1449553e5-97b40412bdc5fe54-01', '{"match":"ea10d17d-072e-559e-b1a8-2b748d068522","vacancy":"c97f9475-0e9a-5de6-b2f8-d663b53228ec","occupation":"6111","commune":"220502","score":88,"reasons":[{"name":"skills","points":60},{"name":"place","points":20},{"name":"occupation","points":8}],"missing":[],"rules":"matching-1"}'),
	(6, '01a2109f-e39b-7389-ba6e-90aeefc55668', 'employment', 'reintegration.employment.match-proposed.v1', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', 1, '01a2109f-de6b-75be-a7ea-d1eccc674f2b', '2026-11-25 02:54:03.668387+00', '01a2109f-e329-70f1-8929-223bd8f8a8df', '01a2109f-e364-710c-b3b6-46df2a91c96c', '00-01a2109fe32970f18929223bd8f8a8df-ba6e90aeefc55668-01', '{"match":"75813680-a9fe-5c3c-95ab-3666e7d58d9a","vacancy":"c97f9475-0e9a-5de6-b2f8-d663b53228ec","occupation":"6111","commune":"220502","score":93,"reasons":[{"name":"skills","points":60},{"name":"place","points":25},{"name":"occupation","points":8}],"missing":[],"rules":"matching-1"}'),
	(7, '01a2109f-e39b-7389-ba6e-90af3ff64038', 'employment', 'reintegration.employment.match-proposed.v1', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', 2, '01a2109f-de6b-75be-a7ea-d1eccc674f2b', '2026-11-25 02:54:03.668387+00', '01a2109f-e329-70f1-8929-223bd8f8a8df', '01a2109f-e364-710c-b3b6-46df2a91c96c', '00-01a2109fe32970f18929223bd8f8a8df-ba6e90af3ff64038-01', '{"match":"91c8bae2-6918-5280-bb41-b9c19fd6f7f9","vacancy":"b7232c40-b649-5ace-b10d-bc2c340dc62f","occupation":"6111","commune":"220501","score":88,"reasons":[{"name":"skills","points":60},{"name":"place","points":20},{"name":"occupation","points":8}],"missing":[],"rules":"matching-1"}'),
	(8, '01a2109f-e39b-7389-ba6e-90b0adf453bb', 'employment', 'reintegration.employment.match-proposed.v1', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', 3, '01a2109f-de6b-75be-a7ea-d1eccc674f2b', '2026-11-25 02:54:03.668387+00', '01a2109f-e329-70f1-8929-223bd8f8a8df', '01a2109f-e364-710c-b3b6-46df2a91c96c', '00-01a2109fe32970f18929223bd8f8a8df-ba6e90b0adf453bb-01', '{"match":"e5917039-bf66-5b55-a3a6-34879bffc671","vacancy":"a55522da-a6f6-53b7-94f2-056a1449b187","occupation":"6111","commune":"220401","score":80,"reasons":[{"name":"skills","points":60},{"name":"place","points":12},{"name":"occupation","points":8}],"missing":[],"rules":"matching-1"}'),
	(9, '01a2109f-e507-7088-bd9e-2f88fef4380b', 'employment', 'reintegration.employment.match-accepted.v1', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 3, '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', '2026-11-25 02:54:04.004714+00', '01a2109f-e4e3-727c-a37e-52b5081329d3', NULL, '00-01a2109fe4e3727ca37e52b5081329d3-bd9e2f88fef4380b-01', '{"match":"2bfab7f2-d598-5469-8dd1-98d12670664d","vacancy":"b7232c40-b649-5ace-b10d-bc2c340dc62f"}'),
	(10, '01a2109f-e4ff-7715-8207-86927264ed1f', 'employment', 'reintegration.employment.match-accepted.v1', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', 4, '01a2109f-de6b-75be-a7ea-d1eccc674f2b', '2026-11-25 02:54:03.999014+00', '01a2109f-e4dd-7747-8027-f73a13dfdf87', NULL, '00-01a2109fe4dd77478027f73a13dfdf87-820786927264ed1f-01', '{"match":"75813680-a9fe-5c3c-95ab-3666e7d58d9a","vacancy":"c97f9475-0e9a-5de6-b2f8-d663b53228ec"}'),
	(11, '01a2109f-e54b-7010-bc41-d915b842315b', 'employment', 'reintegration.employment.placement-confirmed.v1', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', 5, '01a2109f-de6b-75be-a7ea-d1eccc674f2b', '2026-11-25 02:54:04.101627+00', '01a2109f-e543-7039-abf8-fa35ea6ca159', NULL, '00-01a2109fe5437039abf8fa35ea6ca159-bc41d915b842315b-01', '{"match":"75813680-a9fe-5c3c-95ab-3666e7d58d9a","vacancy":"c97f9475-0e9a-5de6-b2f8-d663b53228ec","employer":"sample-works-1","occupation":"6111","commune":"220502","starts":"2026-11-27","engagement":"employee"}'),
	(12, '01a2109f-e562-7636-889a-3a07a8903881', 'employment', 'reintegration.employment.placement-confirmed.v1', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 4, '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', '2026-11-25 02:54:04.103293+00', '01a2109f-e541-7315-837d-0fa145996ba1', NULL, '00-01a2109fe5417315837d0fa145996ba1-889a3a07a8903881-01', '{"match":"2bfab7f2-d598-5469-8dd1-98d12670664d","vacancy":"b7232c40-b649-5ace-b10d-bc2c340dc62f","employer":"sample-works-1","occupation":"6111","commune":"220501","starts":"2026-11-26","engagement":"employee"}'),
	(13, '01a2109f-eaa1-72b9-83a4-da66a287bfe6', 'employment', 'reintegration.employment.match-declined.v1', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', 6, '01a2109f-de6b-75be-a7ea-d1eccc674f2b', '2026-11-25 02:54:05.454684+00', '01a2109f-ea8c-74f3-8079-e4561e4a2af3', NULL, '00-01a2109fea8c74f38079e4561e4a2af3-83a4da66a287bfe6-01', '{"match":"91c8bae2-6918-5280-bb41-b9c19fd6f7f9","vacancy":"b7232c40-b649-5ace-b10d-bc2c340dc62f","reason":"too-far"}');
INSERT INTO public.match VALUES
	('ea10d17d-072e-559e-b1a8-2b748d068522', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 'c97f9475-0e9a-5de6-b2f8-d663b53228ec', '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', 'proposed', 88, '[["skills", 60], ["place", 20], ["occupation", 8]]', '[]', 'matching-1', '2026-11-25 02:54:03.58049+00', NULL, NULL, NULL),
	('e5917039-bf66-5b55-a3a6-34879bffc671', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', 'a55522da-a6f6-53b7-94f2-056a1449b187', '01a2109f-de6b-75be-a7ea-d1eccc674f2b', 'proposed', 80, '[["skills", 60], ["place", 12], ["occupation", 8]]', '[]', 'matching-1', '2026-11-25 02:54:03.668387+00', NULL, NULL, NULL),
	('75813680-a9fe-5c3c-95ab-3666e7d58d9a', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', 'c97f9475-0e9a-5de6-b2f8-d663b53228ec', '01a2109f-de6b-75be-a7ea-d1eccc674f2b', 'placed', 93, '[["skills", 60], ["place", 25], ["occupation", 8]]', '[]', 'matching-1', '2026-11-25 02:54:03.668387+00', NULL, '2026-11-27', 'employee'),
	('2bfab7f2-d598-5469-8dd1-98d12670664d', '01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 'b7232c40-b649-5ace-b10d-bc2c340dc62f', '01a2109f-de6b-75be-a7ea-d1f2fc4e2052', 'placed', 88, '[["skills", 60], ["place", 20], ["occupation", 8]]', '[]', 'matching-1', '2026-11-25 02:54:03.58049+00', NULL, '2026-11-26', 'employee'),
	('91c8bae2-6918-5280-bb41-b9c19fd6f7f9', '01a2109f-de6b-75be-a7ea-d1ebebcc3258', 'b7232c40-b649-5ace-b10d-bc2c340dc62f', '01a2109f-de6b-75be-a7ea-d1eccc674f2b', 'declined', 88, '[["skills", 60], ["place", 20], ["occupation", 8]]', '[]', 'matching-1', '2026-11-25 02:54:03.668387+00', 'too-far', NULL, NULL);
INSERT INTO public.seeker VALUES
	('01a2109f-de6b-75be-a7ea-d1edddc05837', '["01a2109f-de6b-75be-a7ea-d1ee0310fc47"]', '["oddar-meanchey"]', '220103', '9211', '[]', '[]', '[]', true, NULL, '9041c939-85b7-5d7b-8237-a5f1df370648', true, NULL, false),
	('01a2109f-de6b-75be-a7ea-d1ef1c9e5edc', '["01a2109f-de6b-75be-a7ea-d1f0d323d9f1"]', '["oddar-meanchey"]', '220504', '6111', '[]', '[]', '[]', true, NULL, '135f0175-7578-567e-89e7-7ee8e15f96aa', true, NULL, false),
	('01a2109f-de6b-75be-a7ea-d1f352c2cd93', '["01a2109f-de6b-75be-a7ea-d1f4e6b9fe6f"]', '["oddar-meanchey"]', '220301', '6112', '[]', '[]', '[]', true, NULL, '7525c884-f5f7-5d0e-8fc2-1e0a7d2a8af6', true, NULL, false),
	('01a2109f-de6b-75be-a7ea-d1e744816c40', '[]', '["oddar-meanchey"]', '220501', '6112', '[]', '[]', '[]', true, NULL, NULL, false, NULL, false),
	('01a2109f-df20-7382-a953-d425efec716c', '[]', '["oddar-meanchey"]', '220501', '6112', '[]', '[]', '[]', true, NULL, NULL, false, NULL, false),
	('01a2109f-de6b-75be-a7ea-d1e9703ab29d', '["01a2109f-de6b-75be-a7ea-d1ea223fb066"]', '["oddar-meanchey"]', '220401', '6112', '["compost-making", "harvesting", "rubber-tapping"]', '[]', '[]', true, NULL, '7ef1a2b2-05d1-50c5-a6be-30e2311bd46c', true, NULL, false),
	('01a2109f-de6b-75be-a7ea-d1ebebcc3258', '["01a2109f-de6b-75be-a7ea-d1eccc674f2b"]', '["oddar-meanchey"]', '220502', '6112', '["drip-irrigation", "vegetable-growing"]', '[]', '[]', true, NULL, '41eea308-b859-558b-8aad-73231242b4bf', true, NULL, true),
	('01a2109f-de6b-75be-a7ea-d1f1c0cd317a', '["01a2109f-de6b-75be-a7ea-d1f2fc4e2052"]', '["oddar-meanchey"]', '220506', '6112', '["pig-raising", "rice-growing", "vegetable-growing"]', '[]', '[]', true, NULL, '931c624c-d1f1-5d49-b37a-c40214d9d6cd', true, NULL, true);
INSERT INTO public.subject VALUES
	('b7232c40-b649-5ace-b10d-bc2c340dc62f', 1, false),
	('a55522da-a6f6-53b7-94f2-056a1449b187', 1, false),
	('c97f9475-0e9a-5de6-b2f8-d663b53228ec', 1, false),
	('01a2109f-de6b-75be-a7ea-d1e744816c40', 0, false),
	('01a2109f-de6b-75be-a7ea-d1e9703ab29d', 0, false),
	('01a2109f-de6b-75be-a7ea-d1edddc05837', 0, false),
	('01a2109f-de6b-75be-a7ea-d1ef1c9e5edc', 0, false),
	('01a2109f-de6b-75be-a7ea-d1f352c2cd93', 0, false),
	('01a2109f-df20-7382-a953-d425efec716c', 0, false),
	('01a2109f-de6b-75be-a7ea-d1f1c0cd317a', 4, false),
	('01a2109f-de6b-75be-a7ea-d1ebebcc3258', 6, false);
INSERT INTO public.vacancy VALUES
	('a55522da-a6f6-53b7-94f2-056a1449b187', 'sample-works-1', 'S-1', '6111', '["drip-irrigation"]', '220401', 1, 0, 250, '2027-01-31', '2026-11-25 02:54:02.348413+00'),
	('c97f9475-0e9a-5de6-b2f8-d663b53228ec', 'sample-works-1', 'S-2', '6111', '["vegetable-growing"]', '220502', 1, 1, 250, '2027-01-31', '2026-11-25 02:54:02.350129+00'),
	('b7232c40-b649-5ace-b10d-bc2c340dc62f', 'sample-works-1', 'S-0', '6111', '["vegetable-growing"]', '220501', 1, 1, 250, '2027-01-31', '2026-11-25 02:54:02.314791+00');
SELECT pg_catalog.setval('public.inbox_batch', 13, true);
SELECT pg_catalog.setval('public.ledger_position_seq', 13, true);
SELECT pg_catalog.setval('public.parked_number_seq', 1, false);
SELECT pg_catalog.setval('public.timer_number_seq', 15, true);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.command
    ADD CONSTRAINT command_pkey PRIMARY KEY (principal, key);
ALTER TABLE ONLY public.inbox
    ADD CONSTRAINT inbox_pkey PRIMARY KEY (consumer, id);
ALTER TABLE ONLY public.ledger
    ADD CONSTRAINT ledger_pkey PRIMARY KEY ("position");
ALTER TABLE ONLY public.ledger
    ADD CONSTRAINT ledger_subject_sequence_key UNIQUE (subject, sequence);
ALTER TABLE ONLY public.match
    ADD CONSTRAINT match_pkey PRIMARY KEY (match);
ALTER TABLE ONLY public.parked
    ADD CONSTRAINT parked_consumer_topic_partition_offset_digest_key UNIQUE (consumer, topic, partition, "offset", digest);
ALTER TABLE ONLY public.parked
    ADD CONSTRAINT parked_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.seeker
    ADD CONSTRAINT seeker_pkey PRIMARY KEY (person);
ALTER TABLE ONLY public.subject
    ADD CONSTRAINT subject_pkey PRIMARY KEY (subject);
ALTER TABLE ONLY public.timer
    ADD CONSTRAINT timer_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.unsent
    ADD CONSTRAINT unsent_pkey PRIMARY KEY ("position");
ALTER TABLE ONLY public.vacancy
    ADD CONSTRAINT vacancy_employer_vacancy_no_key UNIQUE (employer, vacancy_no);
ALTER TABLE ONLY public.vacancy
    ADD CONSTRAINT vacancy_pkey PRIMARY KEY (vacancy);
CREATE UNIQUE INDEX match_person ON public.match USING btree (person, vacancy);
CREATE INDEX match_vacancy ON public.match USING btree (vacancy, state);
CREATE UNIQUE INDEX parked_id ON public.parked USING btree (consumer, id) WHERE (id IS NOT NULL);
CREATE INDEX parked_waiting ON public.parked USING btree (subject) WHERE (state = 'waiting'::text);
CREATE INDEX seeker_occupation ON public.seeker USING btree (occupation) WHERE (consent AND seeking AND (NOT placed) AND (accepted IS NULL) AND (cases <> '[]'::jsonb));
CREATE INDEX seeker_skills ON public.seeker USING gin (skills) WHERE (consent AND seeking AND (NOT placed) AND (accepted IS NULL) AND (cases <> '[]'::jsonb));
CREATE INDEX timer_due ON public.timer USING btree (due_at, number);
CREATE INDEX timer_subject ON public.timer USING btree (subject);
CREATE INDEX vacancy_occupation ON public.vacancy USING btree (occupation) WHERE ((taken < seats) AND (skills = '[]'::jsonb));
CREATE INDEX vacancy_skills ON public.vacancy USING gin (skills) WHERE (taken < seats);
