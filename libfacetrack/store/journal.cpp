#include "libfacetrack/store/journal.h"

#include "libfacetrack/store/journal_reader.h"
#include "libfacetrack/store/journal_writer.h"

namespace facetrack {

class Journal::Impl
{
public:
    Impl(std::unique_ptr<JournalDisk> disk, JournalOptions options, const Clock &clock)
        : writer(std::move(disk), std::move(options), clock)
    {
    }

    // The readers close first: then closing the writer empties the write-ahead log.
    JournalWriter writer;
    // Two connections, so that a long look into the history does not hold up delivery.
    JournalReader outbox;
    JournalReader history;
};

namespace {

Result<void> check(const JournalOptions &options)
{
    const std::string where = options.file.string();
    if (options.maxBytes < 1024 * 1024)
        return fail(ErrorCode::InvalidArgument, where, "a journal needs at least 1 MiB");
    if (options.commitInterval <= std::chrono::milliseconds(0) || options.queueCapacity == 0
        || options.maxAge <= std::chrono::hours(0))
        return fail(ErrorCode::InvalidArgument, where,
                    "commit interval, queue and age of a journal must be above zero");
    return {};
}

} // namespace

Journal::Journal(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
Journal::~Journal() = default;

Result<std::unique_ptr<Journal>> Journal::open(JournalOptions options, const Clock &clock)
{
    if (auto checked = check(options); !checked)
        return tl::unexpected(checked.error());
    auto disk = JournalDisk::open(options);
    if (!disk)
        return tl::unexpected(disk.error());
    const std::filesystem::path file = options.file;
    auto impl = std::make_unique<Impl>(std::move(*disk), std::move(options), clock);
    for (JournalReader *reader : {&impl->outbox, &impl->history}) {
        if (auto opened = reader->open(file); !opened)
            return tl::unexpected(opened.error());
    }
    if (auto started = impl->writer.start(); !started)
        return tl::unexpected(started.error());
    return std::unique_ptr<Journal>(new Journal(std::move(impl)));
}

bool Journal::append(Record record)
{
    return m_impl->writer.append(std::move(record));
}

Result<void> Journal::appendAndCommit(std::vector<Record> records)
{
    return m_impl->writer.appendAndCommit(std::move(records));
}

bool Journal::flush(std::chrono::milliseconds limit)
{
    return m_impl->writer.flush(limit);
}

JournalState Journal::state() const
{
    return m_impl->writer.state();
}

Result<std::vector<StoredRecord>> Journal::undelivered(std::int64_t after, std::size_t most) const
{
    std::vector<StoredRecord> found;
    while (found.size() < most) {
        const PositionRange open = m_impl->writer.nextOpen(after);
        if (open.empty())
            break;
        if (auto read = m_impl->outbox.read(open, most, found); !read)
            return tl::unexpected(read.error());
        after = open.last;
    }
    return found;
}

void Journal::markDelivered(std::int64_t first, std::int64_t last)
{
    m_impl->writer.mark({first, last});
}

void Journal::markDelivered(std::span<const std::int64_t> positions)
{
    for (const std::int64_t position : positions)
        m_impl->writer.mark({position, position});
}

void Journal::setUploads(bool uploads)
{
    m_impl->writer.setUploads(uploads);
}

void Journal::quarantine(std::int64_t position, std::string error)
{
    m_impl->writer.quarantine(position, std::move(error));
}

Result<std::vector<QuarantinedRecord>> Journal::quarantined(std::size_t most) const
{
    return m_impl->history.quarantined(most);
}

void Journal::resolveClock(const std::string &bootId, UtcTime offset)
{
    m_impl->writer.decide({bootId, BootClock::State::Known, offset.count()});
}

void Journal::giveUpClock(const std::string &bootId, std::optional<UtcTime> guess)
{
    const auto state = guess ? BootClock::State::Guessed : BootClock::State::GivenUp;
    m_impl->writer.decide({bootId, state, guess.value_or(UtcTime(0)).count()});
}

void Journal::doubtClock(const std::string &bootId)
{
    m_impl->writer.decide({bootId, BootClock::State::Waiting, 0});
}

Result<std::vector<BootClock>> Journal::bootClocks() const
{
    return m_impl->history.bootClocks();
}

UtcTime Journal::newestTrusted() const
{
    return m_impl->writer.newestTrusted();
}

Result<std::vector<StoredRecord>> Journal::between(RecordType type, UtcTime from, UtcTime to,
                                                   std::int64_t after, std::size_t most) const
{
    return m_impl->history.between(type, from, to, after, most);
}

Result<std::vector<MinuteCount>> Journal::minuteCounts(std::int64_t from, std::int64_t to) const
{
    return m_impl->history.minuteCounts(from, to);
}

Result<std::vector<PlaceCount>> Journal::placeCounts(std::int64_t from, std::int64_t to) const
{
    return m_impl->history.placeCounts(from, to);
}

Result<std::vector<DwellCount>> Journal::dwellCounts(UtcTime from, UtcTime to,
                                                     const std::string &zone) const
{
    return m_impl->history.dwellCounts(from, to, zone);
}

Result<std::vector<StoredRecord>> Journal::changes(UtcTime from, UtcTime to, std::size_t most) const
{
    return m_impl->history.changes(from, to, most);
}

} // namespace facetrack
