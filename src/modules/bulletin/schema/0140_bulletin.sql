-- The columns (栏目) of the bulletin, in their order. An article names one by its code, so a column may be called otherwise later.
CREATE TABLE bulletin_column (
    code TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    position BIGINT NOT NULL,
    active BIGINT NOT NULL
);
INSERT INTO bulletin_column (code, name, position, active) VALUES
    ('macro', '宏观形势', 1, 1),
    ('poverty', '脱贫攻坚', 2, 1),
    ('industry', '产业发展', 3, 1),
    ('environment', '人居环境', 4, 1),
    ('governance', '基层治理', 5, 1),
    ('services', '公共服务', 6, 1);

-- What a printed place means, where the names of the division do not say it: an area or an organisation.
CREATE TABLE bulletin_alias (
    printed TEXT NOT NULL PRIMARY KEY,
    area_code BIGINT,
    organisation TEXT,
    account TEXT NOT NULL,
    at BIGINT NOT NULL
);

CREATE TABLE bulletin_issue (
    id {identity},
    area_code BIGINT NOT NULL,      -- of the office that makes it
    masthead TEXT NOT NULL,
    number TEXT,                    -- nothing until it is known: an imported issue may not say it
    issue_date TEXT,
    date_inferred BIGINT NOT NULL,  -- taken from the latest date in the text, to be confirmed
    producer TEXT NOT NULL,
    editors TEXT NOT NULL,          -- as printed
    reviewer TEXT NOT NULL,
    email TEXT NOT NULL,
    address TEXT NOT NULL,
    qr_caption TEXT NOT NULL,
    qr_link TEXT NOT NULL,
    imprint_other TEXT NOT NULL,    -- lines of the imprint that are none of these
    contents TEXT NOT NULL,         -- the contents list as it was imported, a line each; '' for none
    state TEXT NOT NULL,
    version BIGINT NOT NULL,
    checked_digest TEXT NOT NULL,   -- of the text whose figures were checked last; '' for never
    published_on TEXT,
    published_digest TEXT NOT NULL,
    source_name TEXT NOT NULL,
    source_text TEXT NOT NULL,      -- what was imported, decoded; offsets of articles count its code points
    sender_key TEXT,
    account TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE UNIQUE INDEX bulletin_issue_key ON bulletin_issue (account, sender_key);
CREATE INDEX bulletin_issue_state ON bulletin_issue (area_code, state);

CREATE TABLE bulletin_article (
    id {identity},
    issue_id BIGINT NOT NULL REFERENCES bulletin_issue (id),
    column_code TEXT NOT NULL,      -- '' until one is chosen
    position BIGINT NOT NULL,
    place TEXT NOT NULL,            -- as printed
    area_code BIGINT,
    organisation TEXT,
    headline TEXT NOT NULL,
    body TEXT NOT NULL,             -- paragraphs, parted by line feeds
    pieces TEXT NOT NULL,           -- where each paragraph stood in the imported text: "12-80 82-95;97-130"
    kind TEXT NOT NULL,
    source_name TEXT NOT NULL,
    source_url TEXT NOT NULL,
    source_date TEXT,
    tags TEXT NOT NULL,             -- parted by blanks
    body_digest TEXT NOT NULL,      -- of the letters alone: the same article again
    searched TEXT NOT NULL,         -- headline, place and body as they are searched
    version BIGINT NOT NULL,
    account TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX bulletin_article_issue ON bulletin_article (issue_id, position);
CREATE INDEX bulletin_article_digest ON bulletin_article (body_digest);
-- Pairs of characters, made by `chinese`; the same on both databases.
CREATE TABLE bulletin_term (
    term TEXT NOT NULL,
    article_id BIGINT NOT NULL REFERENCES bulletin_article (id),
    PRIMARY KEY (term, article_id)
);
CREATE INDEX bulletin_term_article ON bulletin_term (article_id);
-- The smallest hashes of an article's pieces of text: two articles that share many say much the same.
CREATE TABLE bulletin_sketch (
    hash BIGINT NOT NULL,
    article_id BIGINT NOT NULL REFERENCES bulletin_article (id),
    PRIMARY KEY (hash, article_id)
);
CREATE INDEX bulletin_sketch_article ON bulletin_sketch (article_id);

-- Whoever had a hand in an issue; none of them may review it.
CREATE TABLE bulletin_editor (
    issue_id BIGINT NOT NULL REFERENCES bulletin_issue (id),
    account TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (issue_id, account)
);

-- What the check of the figures found. The same finding of a later check is the same row.
CREATE TABLE bulletin_finding (
    id {identity},
    issue_id BIGINT NOT NULL REFERENCES bulletin_issue (id),
    fingerprint TEXT NOT NULL,
    article_id BIGINT,              -- the one in whose text it stands, when it is one
    verdict TEXT NOT NULL,
    rule TEXT NOT NULL,             -- C1 ... C14
    printed TEXT NOT NULL,
    computed TEXT NOT NULL,
    candidates TEXT NOT NULL,       -- JSON
    places TEXT NOT NULL,           -- JSON: part and offsets of each figure or word
    message TEXT NOT NULL,
    settlement TEXT NOT NULL,       -- open | settled | accepted | gone
    reason TEXT NOT NULL,
    settled_by TEXT NOT NULL,
    settled_name TEXT NOT NULL,
    settled_at BIGINT,
    UNIQUE (issue_id, fingerprint)
);

CREATE TABLE bulletin_event (
    issue_id BIGINT NOT NULL REFERENCES bulletin_issue (id),
    sequence BIGINT NOT NULL,
    action TEXT NOT NULL,
    from_state TEXT NOT NULL,
    to_state TEXT NOT NULL,
    remarks TEXT NOT NULL,
    account TEXT NOT NULL,
    name TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (issue_id, sequence)
);

-- What was changed after publication, said in public beside the text.
CREATE TABLE bulletin_correction (
    id {identity},
    issue_id BIGINT NOT NULL REFERENCES bulletin_issue (id),
    article_id BIGINT NOT NULL REFERENCES bulletin_article (id),
    part TEXT NOT NULL,             -- place | headline | body
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    notice TEXT NOT NULL,
    corrected_on TEXT NOT NULL,
    account TEXT NOT NULL,
    name TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX bulletin_correction_issue ON bulletin_correction (issue_id);

-- Every figure of an article, to find articles by.
CREATE TABLE bulletin_figure (
    article_id BIGINT NOT NULL REFERENCES bulletin_article (id),
    part TEXT NOT NULL,
    begins BIGINT NOT NULL,
    ends BIGINT NOT NULL,
    surface TEXT NOT NULL,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    unit TEXT NOT NULL,
    PRIMARY KEY (article_id, part, begins, ends, kind, value)
);
CREATE INDEX bulletin_figure_value ON bulletin_figure (value, unit);

-- Figures of the platform's own, as they were when an article was drafted of them.
CREATE TABLE bulletin_snapshot (
    id {identity},
    issue_id BIGINT NOT NULL REFERENCES bulletin_issue (id),
    article_id BIGINT NOT NULL REFERENCES bulletin_article (id),
    query TEXT NOT NULL,
    query_version BIGINT NOT NULL,
    rules TEXT NOT NULL,            -- hash of the rules behind the figures; '' where none are
    as_of TEXT NOT NULL,
    figures TEXT NOT NULL,          -- JSON
    account TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX bulletin_snapshot_article ON bulletin_snapshot (article_id);
