// A small agent without a camera: appends observations to a Journal and uploads them, until it is
// killed. With 0 rows a second it appends nothing and ends once everything is delivered.
// upload_writer JOURNAL AGENT RUN ROWS_PER_SECOND URLS [TOKEN_FILE]
#include "libfacetrack/base/log.h"
#include "libfacetrack/store/journal.h"
#include "libfacetrack/store/uploader.h"

#include <QCoreApplication>
#include <cstdio>
#include <sstream>
#include <thread>

using namespace facetrack;
using namespace std::chrono_literals;

namespace {

SinkSettings sinkSettings(const std::string &urls, const char *tokenFile)
{
    SinkSettings settings;
    std::istringstream list(urls);
    for (std::string url; std::getline(list, url, ',');)
        settings.servers.urls.push_back(url);
    if (tokenFile)
        settings.servers.tokenFile = tokenFile;
    return settings;
}

void appendForever(Journal &journal, const std::string &agent, const std::string &run, double rate)
{
    const auto start = std::chrono::steady_clock::now();
    for (std::uint64_t sequence = 0;; ++sequence) {
        std::this_thread::sleep_until(
            start + std::chrono::duration_cast<std::chrono::nanoseconds>(
                std::chrono::duration<double>(static_cast<double>(sequence) / rate)));
        Observation row;
        row.sequence = sequence;
        row.time = SystemClock::instance().utc();
        row.frame = {1088, 720};
        row.faces.assign(sequence % 3, Track{7, {0.25F, 0.25F, 0.125F, 0.125F}, 1.0F});
        journal.append(encodeObservation(row, agent, run));
    }
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 6)
        return 2;
    const QCoreApplication application(argc, argv);
    installLogHandler();
    JournalOptions journalOptions;
    journalOptions.file = argv[1];
    journalOptions.commitInterval = 20ms;
    const auto journal = Journal::open(journalOptions);
    if (!journal) {
        std::fprintf(stderr, "%s\n", describe(journal.error()).c_str());
        return 1;
    }
    const SinkSettings settings = sinkSettings(argv[5], argc > 6 ? argv[6] : nullptr);
    UploaderOptions options;
    options.interval = 50ms;
    options.firstPause = 20ms;
    options.longestPause = 500ms;
    options.refusedPause = 500ms;
    Uploader uploader(**journal, [settings] { return makeSink(settings); }, options);
    uploader.start();
    const double rate = std::atof(argv[4]);
    if (rate > 0)
        appendForever(**journal, argv[2], argv[3], rate);
    while ((*journal)->state().undelivered > 0)
        std::this_thread::sleep_for(10ms);
    return 0;
}
