#pragma once
#include "libfacetrack/base/back_off.h"
#include "libfacetrack/store/batch_size.h"
#include "libfacetrack/store/row_rate.h"
#include "libfacetrack/store/upload_lanes.h"
#include "libfacetrack/store/uploader.h"

#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <array>
#include <list>

namespace facetrack {

/// What an Uploader does, on its thread. Thread-bound.
class UploadWorker : public QObject
{
public:
    using Changed = std::function<void(UploadState)>;

    UploadWorker(Journal &journal, Uploader::MakeSink makeSink, const UploaderOptions &options,
                 const Clock &clock, Changed changed);
    ~UploadWorker() override;

    void start();
    void replaceSink(Uploader::MakeSink makeSink);
    void wake();
    UploadState state();

private:
    struct Batch
    {
        UploadLanes::Lane lane;
        std::vector<StoredRecord> records;
        QElapsedTimer age;
    };
    using BatchPlace = std::list<Batch>::iterator;

    void pump();
    void fillLanes();
    bool ensureSink();
    void dropSink();
    bool isDue(UploadLanes::Lane lane) const;
    bool startBatch(UploadLanes::Lane lane);
    std::size_t underWay(UploadLanes::Lane lane) const;
    void answered(BatchPlace place, BatchAnswer answer);
    std::vector<StoredRecord> settle(Batch &batch, const BatchAnswer &answer);
    void markDelivered(const Batch &batch, const BatchAnswer &answer);
    void wentWell(const Batch &batch, const BatchAnswer &answer, std::size_t again);
    void pause(const Error &error, bool permanent, bool waitLong);
    void pauseOver();
    void checkFiles();
    std::string fileStamp() const;
    void report();

    Journal &m_journal;
    Uploader::MakeSink m_makeSink;
    const UploaderOptions m_options;
    const Clock &m_clock;
    const Changed m_changed;

    UploadLanes m_lanes;
    BatchSize m_batchSize;
    BackOff m_backOff;
    std::array<BackOff, 2> m_laneBackOff;
    std::array<QDeadlineTimer, 2> m_laneHold; ///< until records that were not taken are sent again
    RowRate m_rate;
    UploadState m_state;
    bool m_refused = false; ///< by the last attempt, for good
    bool m_trouble = false; ///< the last batch was not taken: one attempt at a time
    bool m_newFull = true;  ///< the new lane may have more right now
    QElapsedTimer m_newAge; ///< since the last batch of new records
    std::string m_fileStamp;

    std::list<Batch> m_underWay;
    QTimer m_tick, m_pause;
    std::unique_ptr<RecordSink> m_sink; // last: calls back no more when the rest goes
};

} // namespace facetrack
