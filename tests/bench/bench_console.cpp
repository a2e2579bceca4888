// bench_console start|streams|glass|slider|soak|charts: the figures of the console, on loopback, with agents
// on synthetic booths. Run with QT_QPA_PLATFORM=offscreen or under Xvfb. docs/benchmarks.md says what
// came out.
#include "console/charts/chart_view.h"
#include "console/charts/charts_page.h"
#include "console/live/picture_view.h"
#include "console/wall/wall_grid.h"
#include "tests/support/agent_process.h"
#include "tests/support/console_stage.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QProcess>
#include <QTest>
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <sys/resource.h>
#include <unistd.h>

using namespace facetrack;
using namespace facetrack::console;

namespace {

struct Booth
{
    QTemporaryDir state;
    std::unique_ptr<AgentProcess> agent;

    /// `budget` in % of all cores: detection is not what is measured.
    explicit Booth(int seed, const QString &fps = QStringLiteral("15"), int budget = 5)
        : agent(runAgent(QStringLiteral("synthetic:booth?seed=%1&people=4&fps=%2").arg(seed).arg(fps),
                         state.path(),
                         {QStringLiteral("--set"), QStringLiteral("agent.id=bench-%1").arg(seed),
                          QStringLiteral("--set"), QStringLiteral("detect.cpu_budget=%1").arg(budget)}))
    {}
};

double cpuSeconds(clockid_t whose = CLOCK_PROCESS_CPUTIME_ID)
{
    timespec time{};
    ::clock_gettime(whose, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

/// As the program itself waits; QTest::qWait() sleeps up to 10 ms between looks at the events.
void runFor(int milliseconds)
{
    QEventLoop loop;
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec();
}

double percentile(std::vector<double> values, double part)
{
    if (values.empty())
        return -1;
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(part * static_cast<double>(values.size() - 1))];
}

double residentMegabytes()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    return file.open(QIODevice::ReadOnly)
               ? file.readAll().split(' ').value(1).toDouble() * static_cast<double>(::sysconf(_SC_PAGESIZE)) / 1e6
               : -1;
}

qsizetype openFiles()
{
    return QDir(QStringLiteral("/proc/self/fd")).entryList(QDir::AllEntries | QDir::NoDotAndDotDot).size();
}

bool wait(const std::function<bool()> &until, int patience = 60'000)
{
    return QTest::qWaitFor(until, patience);
}

/// The real program, five times: to the window, and to the picture of an agent that is known.
int benchStart()
{
    Booth booth(1);
    if (!booth.agent->waitReady())
        return 1;
    QTemporaryDir folder;
    for (int round = 0; round < 6; ++round) {
        QProcess console;
        console.setProcessChannelMode(QProcess::MergedChannels);
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("QT_LOGGING_RULES"), QStringLiteral("facetrack.console.debug=true"));
        console.setProcessEnvironment(environment);
        console.start(QStringLiteral(FACETRACK_CONSOLE),
                      {QStringLiteral("--settings"), folder.filePath(QStringLiteral("console.ini")),
                       QStringLiteral("--no-discovery"), QStringLiteral("--no-keychain"),
                       QStringLiteral("--connect"), booth.agent->url().toString()});
        QByteArray log;
        wait([&] {
            console.waitForReadyRead(50);
            log += console.readAll();
            return log.contains("first picture");
        });
        console.terminate();
        console.waitForFinished();
        for (const QByteArray &line : log.split('\n'))
            if (line.contains("painted"))
                std::printf("%s %s\n", round == 0 ? "(cold)" : "      ", line.mid(line.indexOf("console: ") + 9).constData());
    }
    return 0;
}

/// Six pictures of 1088x720 at 15 fps, 640 wide each: CPU of this process.
int benchStreams()
{
    std::vector<std::unique_ptr<Booth>> booths;
    ConsoleStage stage;
    QWidget wall;
    wall.resize(3 * 640, 2 * 424);
    wall.show();
    std::vector<PictureView *> views;
    std::vector<int> painted(6, 0);
    for (int i = 0; i < 6; ++i) {
        booths.push_back(std::make_unique<Booth>(i + 1));
        if (!booths.back()->agent->waitReady())
            return 1;
        auto *const view = new PictureView(stage.connectTo(booths.back()->agent->url()), Qt::blue, &wall);
        view->setGeometry(i % 3 * 640, i / 3 * 424, 640, 424);
        view->show();
        QObject::connect(view, &PictureView::painted, view, [&painted, i] { ++painted[static_cast<std::size_t>(i)]; });
        views.push_back(view);
    }
    if (!wait([&] { return std::all_of(views.begin(), views.end(), [](auto *view) { return !view->picture().image().isNull(); }); }))
        return 1;
    double longest = 0, worked = 0, mostWork = 0; // ms
    double own = 0;                               // s, CPU of this thread at the last beat
    QElapsedTimer gap;
    QTimer beat;
    beat.setTimerType(Qt::PreciseTimer);
    QObject::connect(&beat, &QTimer::timeout, &wall, [&] {
        const double took = static_cast<double>(gap.nsecsElapsed()) / 1e6;
        const double now = cpuSeconds(CLOCK_THREAD_CPUTIME_ID), work = 1e3 * (now - own);
        own = now;
        gap.restart();
        mostWork = std::max(mostWork, work);
        if (took > longest)
            longest = took, worked = work;
    });
    QTest::qWait(3'000);
    std::fill(painted.begin(), painted.end(), 0);
    own = cpuSeconds(CLOCK_THREAD_CPUTIME_ID);
    gap.start();
    beat.start(1);
    const double before = cpuSeconds();
    QElapsedTimer time;
    time.start();
    runFor(20'000);
    const double seconds = static_cast<double>(time.elapsed()) / 1000;
    std::printf("6 pictures of 1088x720, 640 wide: %.3f of a core", (cpuSeconds() - before) / seconds);
    for (const int count : painted)
        std::printf(", %.1f fps", count / seconds);
    std::printf("; longest gap of the GUI's thread %.1f ms, %.1f ms of it its own work; most work between two turns "
                "%.1f ms\n", longest, worked, mostWork);
    return 0;
}

/// From capture (time in the part) to painted, one picture at 30 fps.
int benchGlass()
{
    Booth booth(1, QStringLiteral("30"));
    if (!booth.agent->waitReady())
        return 1;
    ConsoleStage stage;
    PictureView view(stage.connectTo(booth.agent->url()), Qt::blue);
    view.resize(1088, 720);
    view.show();
    std::vector<double> delays;
    std::int64_t last = -1;
    QObject::connect(&view, &PictureView::painted, &view, [&](const PictureFacts &facts) {
        if (std::exchange(last, facts.sequence) != facts.sequence)
            delays.push_back(static_cast<double>(QDateTime::currentMSecsSinceEpoch() - facts.capturedUtc));
    });
    wait([&] { return !delays.empty(); });
    QTest::qWait(1'000);
    delays.clear();
    runFor(20'000);
    std::printf("capture to painted, %zu pictures: median %.0f ms, p95 %.0f ms, worst %.0f ms\n", delays.size(),
                percentile(delays, 0.5), percentile(delays, 0.95), percentile(delays, 1));
    return 0;
}

/// From a change in the console to the first picture whose faces were found under it.
int benchSlider()
{
    Booth booth(1, QStringLiteral("30"), 50);
    if (!booth.agent->waitReady())
        return 1;
    ConsoleStage stage;
    AgentSession *const session = stage.connectTo(booth.agent->url());
    if (!wait([&] { return session->isOnline() && session->tuning().revision > 0; }))
        return 1;
    std::vector<double> answered, inEffect;
    for (int i = 0; i < 200; ++i) {
        const std::uint32_t before = session->tuning().revision;
        QElapsedTimer time;
        time.start();
        session->patchTuning({{"detect.min_neighbors", 4 + i % 2}});
        wait([&] { return session->tuning().revision > before; });
        answered.push_back(static_cast<double>(time.nsecsElapsed()) / 1e6);
        wait([&] { return session->tuning().inEffect > before; });
        inEffect.push_back(static_cast<double>(time.nsecsElapsed()) / 1e6);
        QTest::qWait(20);
    }
    std::printf("200 changes: known as accepted after %.0f ms (p95 %.0f), in effect after %.0f ms (p95 %.0f, worst %.0f)\n",
                percentile(answered, 0.5), percentile(answered, 0.95), percentile(inEffect, 0.5),
                percentile(inEffect, 0.95), percentile(inEffect, 1));
    return 0;
}

/// Streams that start and stop, sessions that come and go: memory and file descriptors.
int benchSoak(int restarts)
{
    Booth booth(1);
    if (!booth.agent->waitReady())
        return 1;
    ConsoleStage stage;
    AgentSession *session = stage.connectTo(booth.agent->url());
    std::printf("restarts, MB, descriptors\n");
    for (int i = 0; i <= restarts; ++i) {
        if (i % std::max(1, restarts / 10) == 0) {
            std::printf("%d, %.1f, %lld\n", i, residentMegabytes(), static_cast<long long>(openFiles()));
            std::fflush(stdout);
        }
        {
            PictureView view(session, Qt::blue);
            view.resize(320, 212);
            view.show();
            if (!wait([&] { return !view.picture().image().isNull(); }))
                return 1;
        }
        if (i % 20 == 19) { // forgotten and met anew
            stage.agents.forget(session);
            session = stage.connectTo(booth.agent->url());
            if (!wait([&] { return session->isOnline(); }))
                return 1;
        }
    }
    return 0;
}

/// The live chart of 16 agents over 15 minutes, a value a second each. The agents themselves are not
/// there: what it costs to hear them is in `streams`.
int benchCharts()
{
    ConsoleStage stage;
    stage.settings.set(QStringLiteral("charts/measure"), measureId(Measure::MeanFaces));
    stage.window().resize(1280, 800);
    stage.window().showPage(QStringLiteral("charts"));
    auto *const page = stage.window().findChild<ChartsPage *>();
    std::vector<AgentSession *> sessions;
    for (int n = 0; n < 16; ++n)
        sessions.push_back(stage.agents.addAddress(QStringLiteral("http://127.0.0.1:%1").arg(n + 1)));
    std::int64_t total = 0;
    const auto report = [&](qint64 time) {
        for (std::size_t n = 0; n < sessions.size(); ++n)
            page->record().add(sessions[n], time, (time / 7'000 + static_cast<qint64>(n) * 3) % 9, total += 5, time / 9'000);
    };
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    for (qint64 time = now - LiveRecord::span; time < now; time += 1'000)
        report(time);
    const auto seconds = [&](bool reports) {
        QTimer each;
        QObject::connect(&each, &QTimer::timeout, page, [&] { report(QDateTime::currentMSecsSinceEpoch()); });
        if (reports)
            each.start(1'000);
        QTest::qWait(3'000);
        const double cpu = cpuSeconds();
        QElapsedTimer timer;
        timer.start();
        QTest::qWait(30'000);
        return 100 * (cpuSeconds() - cpu) / (static_cast<double>(timer.elapsed()) / 1'000);
    };
    const double shown = seconds(true);
    const auto lines = std::get<LineChart>(page->findChild<ChartView *>(QStringLiteral("liveChart"))->chart()).lines;
    std::size_t points = 0;
    for (const ChartLine &line : lines)
        points += line.points.size();
    stage.window().showPage(QStringLiteral("preflight"));
    const double other = seconds(false);
    std::printf("live chart, %zu agents, %zu points, one update a second: %.1f %% of a core (the console with another page: %.1f %%)\n",
                lines.size(), points, shown, other);
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    const QString what = QString::fromLocal8Bit(argc > 1 ? argv[1] : "");
    if (what == QLatin1String("start"))
        return benchStart();
    if (what == QLatin1String("streams"))
        return benchStreams();
    if (what == QLatin1String("glass"))
        return benchGlass();
    if (what == QLatin1String("slider"))
        return benchSlider();
    if (what == QLatin1String("soak"))
        return benchSoak(argc > 2 ? std::atoi(argv[2]) : 10'000);
    if (what == QLatin1String("charts"))
        return benchCharts();
    std::fprintf(stderr, "bench_console start|streams|glass|slider|charts|soak [RESTARTS]\n");
    return 2;
}
