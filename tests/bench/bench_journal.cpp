// What the Journal costs, next to bare SQLite in the same run. Usage: bench_journal [ROWS] [DIR]
// Prints one figure a line; docs/benchmarks.md says what they must reach.
#include "libfacetrack/store/journal.h"
#include "observations.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <sqlite3.h>
#include <string>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace facetrack;
using namespace facetrack::bench;
using Steady = std::chrono::steady_clock;

namespace {

constexpr const char *agent = "booth-1";
constexpr const char *run = "0123456789abcdef";
constexpr auto patience = std::chrono::minutes(5);

double secondsSince(Steady::time_point start)
{
    return std::chrono::duration<double>(Steady::now() - start).count();
}

double cpuSeconds()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

[[noreturn]] void die(const std::string &why)
{
    std::fprintf(stderr, "bench_journal: %s\n", why.c_str());
    std::exit(1);
}

JournalOptions optionsFor(const std::filesystem::path &file)
{
    JournalOptions options;
    options.file = file;
    options.maxBytes = 4LL << 30;
    return options;
}

std::unique_ptr<Journal> open(const std::filesystem::path &file)
{
    auto journal = Journal::open(optionsFor(file));
    if (!journal)
        die(describe(journal.error()));
    return std::move(*journal);
}

void fill(Journal &journal, int faces, std::size_t rows)
{
    Observations observations(faces);
    for (std::size_t row = 0; row < rows; ++row) {
        Record record = encodeObservation(observations.next(), agent, run);
        // append() never waits; here nothing may be lost, so the producer waits for the writer.
        while (!journal.append(record))
            journal.flush(patience);
        if (row % 50'000 == 49'999)
            while (journal.state().appended - journal.state().committed > 100'000)
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    if (!journal.flush(patience))
        die("flush took too long");
}

double fillJournal(const std::filesystem::path &file, std::size_t rows)
{
    const auto journal = open(file);
    const auto start = Steady::now();
    const double cpu = cpuSeconds();
    fill(*journal, -1, rows);
    const double rate = static_cast<double>(rows) / secondsSince(start);
    std::printf("journal_rows_per_second %.0f\njournal_cpu_us_per_row %.2f\n", rate,
                (cpuSeconds() - cpu) * 1e6 / static_cast<double>(rows));
    return rate;
}

void execute(sqlite3 *database, const char *sql)
{
    if (sqlite3_exec(database, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        die(sqlite3_errmsg(database));
}

/// The same rows by prepared inserts in transactions of a second, one thread, same tables.
double fillBare(const std::filesystem::path &file, std::size_t rows)
{
    sqlite3 *database = nullptr;
    sqlite3_open(file.c_str(), &database);
    execute(database, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                      "CREATE TABLE records(position INTEGER PRIMARY KEY, run, type, sequence, time,"
                      " trusted, faces, body TEXT);"
                      "CREATE UNIQUE INDEX records_id ON records(run, type, sequence)");
    sqlite3_stmt *insert = nullptr;
    sqlite3_prepare_v2(database, "INSERT INTO records VALUES(?,?,?,?,?,?,?,?)", -1, &insert, nullptr);
    Observations observations(-1);
    const auto start = Steady::now();
    auto begun = start;
    execute(database, "BEGIN");
    for (std::size_t row = 0; row < rows; ++row) {
        const Record record = encodeObservation(observations.next(), agent, run);
        const std::int64_t numbers[] = {static_cast<std::int64_t>(row) + 1, 1, 1,
                                        static_cast<std::int64_t>(record.sequence),
                                        record.time.count(), 1, record.faces};
        for (int column = 0; column < 7; ++column)
            sqlite3_bind_int64(insert, column + 1, numbers[column]);
        sqlite3_bind_text(insert, 8, record.body.data(), static_cast<int>(record.body.size()),
                          SQLITE_STATIC);
        if (sqlite3_step(insert) != SQLITE_DONE)
            die(sqlite3_errmsg(database));
        sqlite3_reset(insert);
        if (row % 64 == 0 && secondsSince(begun) >= 1) {
            execute(database, "COMMIT; BEGIN");
            begun = Steady::now();
        }
    }
    execute(database, "COMMIT");
    const double rate = static_cast<double>(rows) / secondsSince(start);
    sqlite3_finalize(insert);
    sqlite3_close(database);
    std::printf("bare_sqlite_rows_per_second %.0f\n", rate);
    return rate;
}

double bytesPerRow(const std::filesystem::path &directory, int faces, std::size_t rows)
{
    const auto file = directory / ("faces-" + std::to_string(faces) + ".db");
    fill(*open(file), faces, rows);
    return static_cast<double>(std::filesystem::file_size(file)) / static_cast<double>(rows);
}

void measureOpening(const std::filesystem::path &file)
{
    const auto start = Steady::now();
    const auto journal = open(file);
    std::printf("open_ms %.1f (of %llu rows)\n", secondsSince(start) * 1e3,
                static_cast<unsigned long long>(journal->state().rows));
}

void measureDraining(const std::filesystem::path &file)
{
    const auto journal = open(file);
    const auto start = Steady::now();
    std::size_t rows = 0;
    std::int64_t after = 0;
    for (;;) {
        const auto batch = journal->undelivered(after, 10'000);
        if (!batch)
            die(describe(batch.error()));
        if (batch->empty())
            break;
        rows += batch->size();
        journal->markDelivered(after + 1, batch->back().position);
        after = batch->back().position;
    }
    journal->flush(patience);
    std::printf("drain_rows_per_second %.0f (%llu left)\n",
                static_cast<double>(rows) / secondsSince(start),
                static_cast<unsigned long long>(journal->state().undelivered));
}

void measureSixtyPerSecond(const std::filesystem::path &file)
{
    const auto journal = open(file);
    Observations observations(-1);
    const double cpu = cpuSeconds();
    const auto start = Steady::now();
    for (int frame = 0; frame < 60 * 20; ++frame) {
        journal->append(encodeObservation(observations.next(), agent, run));
        std::this_thread::sleep_until(start + std::chrono::microseconds(frame * 1'000'000L / 60));
    }
    std::printf("cpu_percent_of_a_core_at_60_rows_per_second %.3f\n",
                (cpuSeconds() - cpu) / secondsSince(start) * 100);
}

} // namespace

int main(int argc, char **argv)
{
    const std::size_t rows = argc > 1 ? std::stoul(argv[1]) : 1'000'000;
    const std::filesystem::path parent = argc > 2 ? argv[2] : "/var/tmp";
    const auto directory = parent / ("bench_journal." + std::to_string(::getpid()));
    std::filesystem::create_directories(directory);
    const double bare = fillBare(directory / "bare.db", rows);
    const double ours = fillJournal(directory / "journal.db", rows);
    std::printf("journal_to_bare %.2f\n", ours / bare);
    measureOpening(directory / "journal.db");
    measureDraining(directory / "journal.db");
    const double none = bytesPerRow(directory, 0, rows);
    const double three = bytesPerRow(directory, 3, rows);
    std::printf("bytes_per_row_without_faces %.1f\nbytes_per_face %.1f\n", none, (three - none) / 3);
    measureSixtyPerSecond(directory / "sixty.db");
    std::filesystem::remove_all(directory);
    return 0;
}
