#include "libfacetrack/discovery/advertiser.h"

#include "libfacetrack/discovery/advertiser_worker.h"

#include <QEventLoop>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>

namespace facetrack {

class Advertiser::Impl
{
public:
    void start(Advertisement what)
    {
        const std::lock_guard lock(m_mutex);
        m_what = std::move(what);
        m_state = AdvertisingState{false, {}, "not asked yet"};
        m_thread = std::jthread([this](std::stop_token stop) { run(std::move(stop)); });
    }

    void stop()
    {
        m_thread.request_stop();
        if (m_thread.joinable())
            m_thread.join();
    }

    void change(const Advertisement &what)
    {
        const std::lock_guard lock(m_mutex);
        m_what = what;
        if (m_worker)
            QMetaObject::invokeMethod(
                m_worker, [worker = m_worker, what] { worker->change(what); }, Qt::QueuedConnection);
    }

    std::optional<AdvertisingState> state() const
    {
        const std::lock_guard lock(m_mutex);
        return m_state;
    }

private:
    void run(std::stop_token stop)
    {
        QEventLoop loop; // first: timers that the worker starts need it
        AdvertiserWorker worker(first(), [this](AdvertisingState state) {
            const std::lock_guard lock(m_mutex);
            m_state = std::move(state);
        });
        {
            const std::lock_guard lock(m_mutex);
            m_worker = &worker;
            worker.change(m_what); // what was said meanwhile
        }
        const std::stop_callback quit(stop, [&loop] {
            QMetaObject::invokeMethod(&loop, [&loop] { loop.quit(); }, Qt::QueuedConnection);
        });
        if (!stop.stop_requested())
            loop.exec();
        const std::lock_guard lock(m_mutex);
        m_worker = nullptr;
    }

    Advertisement first() const
    {
        const std::lock_guard lock(m_mutex);
        return m_what;
    }

    mutable std::mutex m_mutex;
    Advertisement m_what;
    std::optional<AdvertisingState> m_state;
    AdvertiserWorker *m_worker = nullptr;
    std::jthread m_thread; // last: uses the rest
};

Advertiser::Advertiser() : m_impl(std::make_unique<Impl>()) {}

Advertiser::~Advertiser() = default;

void Advertiser::start(Advertisement what)
{
    m_impl->start(std::move(what));
}

void Advertiser::stop()
{
    m_impl->stop();
}

void Advertiser::change(const Advertisement &what)
{
    m_impl->change(what);
}

std::optional<AdvertisingState> Advertiser::state() const
{
    return m_impl->state();
}

} // namespace facetrack
