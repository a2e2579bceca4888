#include "libfacetrack/store/journal_schema.h"

#include "libfacetrack/store/rollup_table.h"

#include <algorithm>
#include <string>

namespace facetrack {

namespace {

constexpr std::int64_t applicationId = 0x4654726B; // "FTrk"

// AUTOINCREMENT is not needed: totals.next keeps positions from coming back.
const char *const tables = R"sql(
BEGIN IMMEDIATE;
CREATE TABLE totals(id INTEGER PRIMARY KEY CHECK(id = 1), next INTEGER, delivered INTEGER,
    rows INTEGER, held INTEGER, quarantined INTEGER, newest_time INTEGER);
INSERT INTO totals VALUES(1, 1, 0, 0, 0, 0, 0);
CREATE TABLE runs(id INTEGER PRIMARY KEY, agent TEXT NOT NULL, run TEXT NOT NULL,
    simulated INTEGER NOT NULL DEFAULT 0, UNIQUE(agent, run));
CREATE TABLE records(position INTEGER PRIMARY KEY, run INTEGER, type INTEGER, sequence INTEGER,
    time INTEGER, trusted INTEGER, faces INTEGER, body TEXT);
CREATE UNIQUE INDEX records_id ON records(run, type, sequence);
CREATE TABLE time_blocks(block INTEGER PRIMARY KEY, earliest INTEGER, latest INTEGER);
CREATE TABLE minutes(minute INTEGER, run INTEGER, observations INTEGER, faces INTEGER,
    visits INTEGER, seconds INTEGER, PRIMARY KEY(minute, run)) WITHOUT ROWID;
CREATE TABLE places(quarter INTEGER, run INTEGER, cell INTEGER, faces INTEGER,
    PRIMARY KEY(quarter, run, cell)) WITHOUT ROWID;
CREATE INDEX records_visits ON records(time) WHERE type = 3;
CREATE INDEX records_changes ON records(time) WHERE type = 4;
CREATE TABLE boots(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, state INTEGER,
    offset INTEGER);
CREATE TABLE held(id INTEGER PRIMARY KEY, run INTEGER, type INTEGER, sequence INTEGER,
    time INTEGER, faces INTEGER, body TEXT, boot INTEGER, monotonic INTEGER);
CREATE UNIQUE INDEX held_id ON held(run, type, sequence);
CREATE TABLE quarantine(position INTEGER PRIMARY KEY, run INTEGER, type INTEGER, sequence INTEGER,
    time INTEGER, trusted INTEGER, faces INTEGER, body TEXT, error TEXT, at INTEGER);
PRAGMA application_id = 1179939435;
PRAGMA user_version = 2;
COMMIT;
)sql";
static_assert(applicationId == 1179939435 && journalVersion == 2, "as the text above says");

Result<bool> isNew(sqlite::Database &database)
{
    return database.value("SELECT count(*) FROM sqlite_master").map([](std::int64_t count) {
        return count == 0;
    });
}

Result<void> checkOwner(sqlite::Database &database)
{
    const auto application = database.value("PRAGMA application_id");
    const auto version = database.value("PRAGMA user_version");
    if (!application)
        return tl::unexpected(application.error());
    if (!version)
        return tl::unexpected(version.error());
    if (*application != applicationId)
        return fail(ErrorCode::Corrupt, database.where(),
                    "this database is not a facetrack journal",
                    "move it away or choose another state directory; a new one is made then");
    if (*version > journalVersion)
        return fail(ErrorCode::Unsupported, database.where(),
                    "written by a newer facetrack (journal version " + std::to_string(*version)
                        + ", this one knows " + std::to_string(journalVersion) + ")",
                    "install the newer version again, or move the file away");
    // Cheap look at the pages that every start needs; a full check would take minutes on a Pi.
    const auto totals = database.value("SELECT next FROM totals WHERE id = 1");
    const auto newest = database.value("SELECT max(position) FROM records");
    if (!totals || !newest)
        return tl::unexpected(totals ? newest.error() : totals.error());
    if (*totals <= *newest)
        return fail(ErrorCode::Corrupt, database.where(), "its tables contradict each other",
                    "move the file away; a new one is made at the next start");
    return {};
}

/// A file of version 1 becomes one of version 2.
const char *const step2 = R"sql(
BEGIN IMMEDIATE;
ALTER TABLE runs ADD COLUMN simulated INTEGER NOT NULL DEFAULT 0;
CREATE TABLE minutes(minute INTEGER, run INTEGER, observations INTEGER, faces INTEGER,
    visits INTEGER, seconds INTEGER, PRIMARY KEY(minute, run)) WITHOUT ROWID;
CREATE TABLE places(quarter INTEGER, run INTEGER, cell INTEGER, faces INTEGER,
    PRIMARY KEY(quarter, run, cell)) WITHOUT ROWID;
CREATE INDEX records_visits ON records(time) WHERE type = 3;
CREATE INDEX records_changes ON records(time) WHERE type = 4;
PRAGMA user_version = 2;
)sql";

/// The sums of all records there are: a second or two for a million.
Result<void> sumUp(sqlite::Database &database)
{
    RollupTable rollup;
    if (auto done = rollup.prepare(database); !done)
        return done;
    auto read = database.prepare("SELECT run, type, sequence, time, trusted, faces, body FROM records");
    if (!read)
        return tl::unexpected(read.error());
    for (;;) {
        const auto more = read->step();
        if (!more)
            return tl::unexpected(more.error());
        if (!*more)
            return rollup.write();
        rollup.note({read->integer(0), read->integer(1), read->integer(2), read->integer(3),
                     read->integer(4) != 0, read->integer(5), read->text(6)});
    }
}

Result<void> migrate(sqlite::Database &database)
{
    const auto version = database.value("PRAGMA user_version");
    if (!version)
        return tl::unexpected(version.error());
    if (*version >= 2)
        return {};
    auto done = database.execute(step2);
    if (done)
        done = sumUp(database);
    if (done)
        done = database.execute("COMMIT");
    if (!done)
        database.rollback();
    return done;
}

Result<void> tune(sqlite::Database &database, const JournalBudget &budget)
{
    const std::string settings = "PRAGMA journal_mode = WAL;"
                                 "PRAGMA synchronous = FULL;"
                                 "PRAGMA wal_autocheckpoint = "
        + std::to_string(budget.log / 4096) + ";PRAGMA journal_size_limit = "
        + std::to_string(budget.log) + ";PRAGMA temp_store = MEMORY;";
    return database.execute(settings.c_str());
}

} // namespace

JournalBudget::JournalBudget(std::int64_t maxBytes)
    : log(std::clamp<std::int64_t>(maxBytes / 16, 64 * 1024, 4 * 1024 * 1024)),
      group(log / 2),
      // The log may overshoot by one group (rows, index and freed pages) before it is emptied.
      pages(maxBytes - 4 * log)
{
}

Result<sqlite::Database> openJournalDatabase(const std::filesystem::path &file,
                                             const JournalBudget &budget)
{
    auto database = sqlite::Database::open(file, sqlite::Database::Mode::ReadWriteCreate);
    if (!database)
        return database;
    const auto fresh = isNew(*database);
    if (!fresh)
        return tl::unexpected(fresh.error());
    // Someone else's database must not even be switched to WAL.
    if (!*fresh) {
        if (auto owner = checkOwner(*database); !owner)
            return tl::unexpected(owner.error());
    } else if (auto vacuum = database->execute("PRAGMA auto_vacuum = INCREMENTAL"); !vacuum) {
        return tl::unexpected(vacuum.error());
    }
    if (auto tuned = tune(*database, budget); !tuned)
        return tl::unexpected(tuned.error());
    if (auto made = *fresh ? database->execute(tables) : migrate(*database); !made)
        return tl::unexpected(made.error());
    return database;
}

} // namespace facetrack
