// How long questions about the past take over a Journal of many rows.
//   bench_analytics [ROWS [AGENTS]]
#include "libfacetrack/analytics/event_plan.h"
#include "libfacetrack/analytics/journal_history.h"
#include "libfacetrack/simulation/event_simulation.h"

#include <QCoreApplication>
#include <QTemporaryDir>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <vector>

using namespace facetrack;

namespace {

double processorSeconds()
{
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

[[noreturn]] void end(const Error &error)
{
    std::fprintf(stderr, "%s\n", describe(error).c_str());
    std::exit(1);
}

std::unique_ptr<Journal> openJournal(const std::filesystem::path &file)
{
    JournalOptions options;
    options.file = file;
    options.maxBytes = std::int64_t{1} << 40;
    options.maxAge = std::chrono::hours(24 * 36'500);
    auto journal = Journal::open(options);
    if (!journal)
        end(journal.error());
    return std::move(*journal);
}

EventTruth fill(Journal &journal, const SimulatedEvent &event)
{
    std::vector<Record> group;
    const auto commit = [&] {
        auto done = journal.appendAndCommit(std::move(group));
        group.clear();
        return done;
    };
    auto truth = simulateEvent(event, [&](Record record) -> Result<void> {
        group.push_back(std::move(record));
        return group.size() < 10'000 ? Result<void>() : commit();
    });
    if (!truth)
        end(truth.error());
    if (auto done = commit(); !done)
        end(done.error());
    return std::move(*truth);
}

template<typename Ask>
void measure(const char *question, const Ask &ask)
{
    std::vector<double> times;
    double processor = 0;
    constexpr int repeats = 7;
    for (int i = 0; i < repeats; ++i) {
        const double before = processorSeconds();
        const auto begin = std::chrono::steady_clock::now();
        ask();
        times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now()
                                                                  - begin).count());
        processor += (processorSeconds() - before) * 1000 / repeats;
    }
    std::sort(times.begin(), times.end());
    std::printf("%-46s median %8.2f ms, longest %8.2f ms, processor %8.2f ms\n", question,
                times[times.size() / 2], times.back(), processor);
}

template<typename T>
T good(Result<T> answer)
{
    if (!answer)
        end(answer.error());
    return std::move(*answer);
}

void askAll(const Journal &journal, const EventTruth &truth, const LocalTime &local)
{
    const HistoryScope scope{truth.counts.span, {}};
    const auto counts = [&](Minute step) { return good(countJournal(journal, scope, step)); };
    measure("per minute by agent", [&] { counts(1); });
    measure("per 5 minutes by agent", [&] { counts(5); });
    measure("per hour by agent", [&] { counts(60); });
    measure("totals and share by agent", [&] { byAgent(counts(60)); });
    measure("busiest hours", [&] { byHourOfDay(counts(60), local); });
    measure("day against day, by 5 minutes", [&] { dayAgainstDay(counts(5), local, 5); });
    measure("coverage and gaps", [&] {
        const Counts known = counts(1);
        coverage(known, local);
        gaps(known, 1000);
    });
    measure("heat map", [&] { good(heatMapOf(journal, scope)); });
    measure("dwell", [&] { good(dwellOf(journal, scope)); });
    measure("marks", [&] { good(marksOf(journal, scope)); });
    const bool same = good(countJournal(journal, scope)) == truth.counts
                      && good(heatMapOf(journal, scope)) == truth.heatMap
                      && good(dwellOf(journal, scope)) == truth.dwell;
    std::printf("answers are %s\n", same ? "those of the simulation" : "WRONG");
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const double rows = argc > 1 ? std::atof(argv[1]) : 1e6;
    const int agents = argc > 2 ? std::atoi(argv[2]) : 1;
    SimulatedEvent event;
    for (int i = 1; i <= agents; ++i)
        event.agents.push_back("pi-ber-" + std::to_string(i));
    event.first = QDate(2026, 5, 4);
    event.opens = 0;
    event.closes = 24 * 60;
    event.rate = rows / agents / (2 * 86'400);
    event.total = static_cast<std::int64_t>(rows / 3);
    const QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath(QStringLiteral("journal")).toStdString();
    auto journal = openJournal(file);
    const double before = processorSeconds();
    const EventTruth truth = fill(*journal, event);
    std::printf("%llu rows of %d agents over two days, made and written with %.1f s of processor, "
                "%.0f MB\n", static_cast<unsigned long long>(journal->state().rows), agents,
                processorSeconds() - before,
                static_cast<double>(journal->state().bytes) / 1e6);
    const auto local = LocalTime::of(event.zone);
    askAll(*journal, truth, *local);
    return 0;
}
