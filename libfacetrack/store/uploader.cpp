#include "libfacetrack/store/uploader.h"

#include "libfacetrack/store/upload_worker.h"

#include <QEventLoop>
#include <QMetaObject>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>

namespace facetrack {

const char *uploadPhaseName(UploadPhase phase)
{
    switch (phase) {
    case UploadPhase::Idle:
        return "idle";
    case UploadPhase::Uploading:
        return "uploading";
    case UploadPhase::Waiting:
        return "waiting";
    case UploadPhase::Refused:
        return "refused";
    case UploadPhase::Stopped:
        return "stopped";
    }
    return "stopped";
}

class Uploader::Impl
{
public:
    Impl(Journal &journal, MakeSink makeSink, UploaderOptions options, const Clock &clock)
        : m_journal(journal), m_makeSink(std::move(makeSink)), m_options(std::move(options)),
          m_clock(clock)
    {
        m_state.phase = UploadPhase::Stopped;
    }

    void start() { m_thread = std::jthread([this](std::stop_token stop) { run(stop); }); }

    /// Does something with the worker on its thread, or leaves it when there is none.
    template<typename Do>
    void post(Do action)
    {
        const std::lock_guard lock(m_mutex);
        if (m_worker)
            QMetaObject::invokeMethod(
                m_worker, [worker = m_worker, action] { action(*worker); }, Qt::QueuedConnection);
    }

    UploadState state() const
    {
        const std::lock_guard lock(m_mutex);
        return m_state;
    }

private:
    void run(const std::stop_token &stop)
    {
        QEventLoop loop;
        UploadWorker worker(m_journal, m_makeSink, m_options, m_clock, [this](UploadState state) {
            const std::lock_guard lock(m_mutex);
            m_state = std::move(state);
        });
        setWorker(&worker);
        {
            const std::stop_callback ending(stop, [&worker, &loop] {
                QMetaObject::invokeMethod(&worker, [&loop] { loop.quit(); }, Qt::QueuedConnection);
            });
            QMetaObject::invokeMethod(&worker, [&worker] { worker.start(); }, Qt::QueuedConnection);
            loop.exec();
        }
        setWorker(nullptr);
    }

    void setWorker(UploadWorker *worker)
    {
        const std::lock_guard lock(m_mutex);
        m_worker = worker;
        if (!worker)
            m_state.phase = UploadPhase::Stopped;
    }

    Journal &m_journal;
    const MakeSink m_makeSink;
    const UploaderOptions m_options;
    const Clock &m_clock;
    mutable std::mutex m_mutex;
    UploadWorker *m_worker = nullptr;
    UploadState m_state;
    std::jthread m_thread; // last: ends before what it uses
};

Uploader::Uploader(Journal &journal, MakeSink makeSink, UploaderOptions options,
                   const Clock &clock)
    : m_impl(std::make_unique<Impl>(journal, std::move(makeSink), std::move(options), clock))
{
}

Uploader::~Uploader() = default;

void Uploader::start()
{
    m_impl->start();
}

void Uploader::replaceSink(MakeSink makeSink)
{
    m_impl->post([makeSink = std::move(makeSink)](UploadWorker &worker) {
        worker.replaceSink(makeSink);
    });
}

void Uploader::wake()
{
    m_impl->post([](UploadWorker &worker) { worker.wake(); });
}

UploadState Uploader::state() const
{
    return m_impl->state();
}

} // namespace facetrack
