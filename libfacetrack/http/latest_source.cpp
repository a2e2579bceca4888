// SPDX-License-Identifier: GPL-3.0-or-later
#include "libfacetrack/http/latest_source.h"

namespace facetrack::http {

StreamSource::~StreamSource() = default;

bool LatestSource::offer(Bytes head, Bytes body)
{
    // Swapped out and destroyed after the lock: it may be the last owner of a picture.
    std::optional<Part> part(Part{std::move(head), std::move(body)});
    bool wake = false;
    {
        const std::lock_guard lock(m_mutex);
        if (m_abandoned || m_finished)
            return false;
        m_pending.swap(part);
        if (part)
            ++m_skipped;
        wake = !m_awake;
        m_awake = true;
    }
    if (wake)
        m_wake();
    return true;
}

void LatestSource::finish()
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_abandoned || m_finished)
            return;
        m_finished = true;
        m_pending.reset();
        m_awake = true;
    }
    m_wake();
}

std::optional<StreamSource::Part> LatestSource::take()
{
    const std::lock_guard lock(m_mutex);
    m_awake = m_pending.has_value();
    return std::exchange(m_pending, std::nullopt);
}

void LatestSource::abandon()
{
    std::optional<Part> released;
    const std::lock_guard lock(m_mutex);
    m_abandoned = true;
    m_pending.swap(released);
}

namespace {

class Handle final : public LatestChannel
{
public:
    explicit Handle(std::shared_ptr<LatestSource> source) : m_source(std::move(source)) {}
    ~Handle() override { m_source->finish(); }
    Handle(const Handle &) = delete;
    Handle &operator=(const Handle &) = delete;

    bool offer(Bytes head, Bytes body) override
    {
        return m_source->offer(std::move(head), std::move(body));
    }
    bool closed() const override { return m_source->abandoned() || m_source->finished(); }
    void close() override { m_source->finish(); }
    std::uint64_t skipped() const override { return m_source->skipped(); }

private:
    const std::shared_ptr<LatestSource> m_source;
};

} // namespace

std::shared_ptr<LatestChannel> makeLatestChannel(std::shared_ptr<LatestSource> source)
{
    return std::make_shared<Handle>(std::move(source));
}

} // namespace facetrack::http
