#include "libfacetrack/store/upload_worker.h"

#include "libfacetrack/base/log.h"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace facetrack {

namespace {

constexpr int firstTick = 50; // ms
constexpr int longestTick = 1'000;

} // namespace

UploadWorker::UploadWorker(Journal &journal, Uploader::MakeSink makeSink,
                           const UploaderOptions &options, const Clock &clock, Changed changed)
    : m_journal(journal), m_makeSink(std::move(makeSink)), m_options(options), m_clock(clock),
      m_changed(std::move(changed)),
      m_lanes([&journal](std::int64_t after, std::size_t most) {
          return journal.undelivered(after, most);
      }),
      m_batchSize(options.batchRows), m_backOff(options.firstPause, options.longestPause),
      m_laneBackOff{m_backOff, m_backOff}, m_laneHold{QDeadlineTimer(0), QDeadlineTimer(0)}
{
    connect(&m_tick, &QTimer::timeout, this, [this] { checkFiles(); pump(); });
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, [this] { pauseOver(); });
}

UploadWorker::~UploadWorker() = default;

void UploadWorker::start()
{
    m_tick.start(std::clamp(static_cast<int>(m_options.interval.count() / 5), firstTick,
                            longestTick));
    pump();
}

void UploadWorker::replaceSink(Uploader::MakeSink makeSink)
{
    m_makeSink = std::move(makeSink);
    dropSink();
    wake();
}

void UploadWorker::wake()
{
    m_backOff.reset();
    m_laneHold.fill(QDeadlineTimer(0));
    m_pause.stop();
    pauseOver();
}

void UploadWorker::pauseOver()
{
    if (m_refused)
        dropSink(); // the next one reads secrets and settings anew
    pump();
}

void UploadWorker::pump()
{
    if (!m_pause.isActive() && ensureSink())
        fillLanes();
    report();
}

void UploadWorker::fillLanes()
{
    const std::int64_t last = m_journal.state().lastPosition;
    m_lanes.advance(last, m_batchSize.rows());
    const auto ready = last - m_lanes.newAfter();
    m_newFull = m_newFull || ready >= static_cast<std::int64_t>(m_batchSize.rows());
    // After trouble one attempt at a time: the rest follows when it went well.
    const std::size_t most = m_trouble ? 1 : std::max<std::size_t>(1, m_options.requests);
    for (bool started = true; started && m_underWay.size() < most && !m_pause.isActive();) {
        started = isDue(UploadLanes::New) && startBatch(UploadLanes::New);
        // One stays free for new records, where there is more than one.
        if (!started && (most == 1 || underWay(UploadLanes::Old) + 1 < most))
            started = isDue(UploadLanes::Old) && startBatch(UploadLanes::Old);
    }
}

bool UploadWorker::isDue(UploadLanes::Lane lane) const
{
    if (m_lanes.waitingAgain(lane) > 0 && m_laneHold[lane].hasExpired())
        return lane == UploadLanes::Old || underWay(lane) == 0;
    if (lane == UploadLanes::Old)
        return m_lanes.hasBacklog();
    return underWay(lane) == 0
           && (m_newFull || !m_newAge.isValid()
               || std::chrono::milliseconds(m_newAge.elapsed()) >= m_options.interval);
}

std::size_t UploadWorker::underWay(UploadLanes::Lane lane) const
{
    return static_cast<std::size_t>(
        std::count_if(m_underWay.begin(), m_underWay.end(),
                      [lane](const Batch &batch) { return batch.lane == lane; }));
}

bool UploadWorker::startBatch(UploadLanes::Lane lane)
{
    auto records = m_lanes.take(lane, m_batchSize.rows(), m_laneHold[lane].hasExpired());
    if (!records) {
        pause(records.error(), false, false);
        return false;
    }
    if (lane == UploadLanes::New) {
        m_newFull = records->size() >= m_batchSize.rows();
        m_newAge.start();
    }
    if (records->empty())
        return false;
    const auto place = m_underWay.insert(m_underWay.end(), {lane, std::move(*records), {}});
    place->age.start();
    ++m_state.requests;
    m_sink->deliver(place->records, [this, place](BatchAnswer answer) {
        answered(place, std::move(answer));
        pump();
    });
    return true;
}

bool UploadWorker::ensureSink()
{
    if (m_sink)
        return true;
    m_fileStamp = fileStamp();
    auto made = m_makeSink();
    if (!made) {
        pause(made.error(), made.error().code != ErrorCode::Unavailable, false);
        return false;
    }
    m_sink = std::move(*made);
    return true;
}

void UploadWorker::dropSink()
{
    m_sink.reset();
    for (Batch &batch : m_underWay)
        m_lanes.again(batch.lane, std::move(batch.records));
    m_underWay.clear();
}

void UploadWorker::answered(BatchPlace place, BatchAnswer answer)
{
    Batch batch = std::move(*place);
    m_underWay.erase(place);
    std::vector<StoredRecord> rest = settle(batch, answer);
    const std::size_t again = rest.size();
    m_lanes.again(batch.lane, std::move(rest));
    const Error unknown{ErrorCode::Internal, {}, "no reason was given", {}};
    switch (answer.verdict) {
    case BatchAnswer::Verdict::Answered:
        return wentWell(batch, answer, again);
    case BatchAnswer::Verdict::TooLarge:
        qCInfo(lcStore, "a batch of %zu records was too large, sending fewer",
               batch.records.size());
        m_laneHold[batch.lane] = QDeadlineTimer(0);
        return m_batchSize.tooLarge(batch.records.size());
    case BatchAnswer::Verdict::Passing:
        return pause(answer.error.value_or(unknown), false, answer.waitLong);
    case BatchAnswer::Verdict::Permanent:
        return pause(answer.error.value_or(unknown), true, false);
    }
}

/// Notes what became of each record; returns those to be sent again.
std::vector<StoredRecord> UploadWorker::settle(Batch &batch, const BatchAnswer &answer)
{
    std::vector<StoredRecord> again;
    if (answer.records.size() != batch.records.size()) {
        again = batch.records;
        return again;
    }
    markDelivered(batch, answer);
    bool said = false;
    for (std::size_t i = 0; i < batch.records.size(); ++i) {
        const RecordResult &result = answer.records[i];
        if (result.outcome == RecordResult::Outcome::Retry) {
            again.push_back(std::move(batch.records[i]));
        } else if (result.outcome == RecordResult::Outcome::Refused) {
            ++m_state.refused;
            if (!std::exchange(said, true))
                qCWarning(lcStore, "a record was refused and goes to the quarantine: %s",
                          result.error.c_str());
            m_journal.quarantine(batch.records[i].position, result.error);
        }
    }
    return again;
}

void UploadWorker::markDelivered(const Batch &batch, const BatchAnswer &answer)
{
    std::uint64_t delivered = 0;
    std::int64_t first = 0;
    std::int64_t last = -1;
    for (std::size_t i = 0; i < batch.records.size(); ++i) {
        if (answer.records[i].outcome != RecordResult::Outcome::Delivered)
            continue;
        ++delivered;
        const std::int64_t position = batch.records[i].position;
        if (position != last + 1) {
            if (last >= first && delivered > 1)
                m_journal.markDelivered(first, last);
            first = position;
        }
        last = position;
    }
    if (delivered == 0)
        return;
    m_journal.markDelivered(first, last);
    m_state.delivered += delivered;
    m_rate.add(m_clock.monotonic(), delivered);
    m_state.lastSuccess = m_clock.utc();
}

void UploadWorker::wentWell(const Batch &batch, const BatchAnswer &answer, std::size_t again)
{
    if (again > 0) {
        BackOff &backOff = m_laneBackOff[batch.lane];
        m_laneHold[batch.lane].setRemainingTime(answer.waitLong ? backOff.longest()
                                                                : backOff.next());
        const std::string words = answer.error ? describe(*answer.error) : "some were not taken";
        if (m_state.error != words)
            qCWarning(lcStore, "%zu of %zu records to be sent again: %s", again,
                      batch.records.size(), words.c_str());
        m_state.error = words;
    } else {
        m_laneBackOff[batch.lane].reset();
    }
    if (again == batch.records.size())
        return; // nothing was taken: no sign of health
    if (m_trouble)
        qCInfo(lcStore, "uploading again");
    m_trouble = false;
    m_refused = false;
    m_backOff.reset();
    if (again == 0 && m_lanes.waitingAgain(UploadLanes::New) == 0
        && m_lanes.waitingAgain(UploadLanes::Old) == 0)
        m_state.error.clear();
    m_batchSize.answered(batch.records.size(),
                         std::chrono::microseconds(batch.age.nsecsElapsed() / 1'000));
}

void UploadWorker::pause(const Error &error, bool permanent, bool waitLong)
{
    const std::string words = describe(error);
    if (!m_trouble || words != m_state.error || permanent != m_refused)
        qCWarning(lcStore, "upload %s: %s", permanent ? "refused, rows are kept" : "waits",
                  words.c_str());
    ++m_state.failures;
    m_state.error = words;
    m_trouble = true;
    m_refused = permanent;
    m_laneHold.fill(QDeadlineTimer(0)); // this pause is for all
    const auto length = permanent ? m_backOff.jittered(m_options.refusedPause)
                        : waitLong ? m_backOff.longest()
                                   : m_backOff.next();
    m_pause.start(std::max(length, m_pause.isActive() ? m_pause.remainingTimeAsDuration()
                                                      : std::chrono::milliseconds(0)));
}

/// A new secret or certificate is tried at once.
void UploadWorker::checkFiles()
{
    if (m_refused && m_pause.isActive() && fileStamp() != m_fileStamp)
        wake();
}

std::string UploadWorker::fileStamp() const
{
    std::string stamp;
    for (const std::string &file : m_options.files) {
        std::error_code missing;
        const auto time = std::filesystem::last_write_time(file, missing);
        const auto mode = std::filesystem::status(file, missing).permissions();
        stamp += missing ? "-" : std::to_string(time.time_since_epoch().count());
        stamp += " " + std::to_string(static_cast<unsigned>(mode)) + ";";
    }
    return stamp;
}

UploadState UploadWorker::state()
{
    UploadState state = m_state;
    const bool busy = !m_underWay.empty() || m_lanes.hasBacklog();
    state.phase = m_refused                       ? UploadPhase::Refused
                  : m_trouble || m_pause.isActive() ? UploadPhase::Waiting
                  : busy                            ? UploadPhase::Uploading
                                                    : UploadPhase::Idle;
    state.rate = m_rate.rate(m_clock.monotonic());
    state.batchRows = m_batchSize.rows();
    state.underWay = m_underWay.size();
    if (m_pause.isActive())
        state.retryIn = m_pause.remainingTimeAsDuration();
    if (m_sink)
        state.endpoints = m_sink->endpoints();
    return state;
}

void UploadWorker::report()
{
    m_changed(state());
}

} // namespace facetrack
