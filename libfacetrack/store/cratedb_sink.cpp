#include "libfacetrack/store/cratedb_sink.h"

#include <QTimer>
#include <algorithm>
#include <utility>

namespace facetrack {

namespace {

/// When so many rows of a batch were refused one by one and none was taken, it is the table.
constexpr int hopeless = 20;

Result<std::unique_ptr<RecordSink>> make(const SinkSettings &settings)
{
    auto client = cratedb::Client::make(settings.servers);
    if (!client)
        return tl::unexpected(client.error());
    return std::make_unique<CrateDbSink>(std::move(*client), settings.schema);
}

std::string describeRow(const cratedb::RowAnswer &row)
{
    if (row.code == 0)
        return "a row was not stored, and no reason was given";
    return row.message + " (" + std::to_string(row.code) + ")";
}

} // namespace

struct CrateDbSink::Delivery
{
    struct Piece
    {
        const CrateTable *table;
        Indices rows;
    };

    std::span<const StoredRecord> records;
    Done done;
    BatchAnswer answer;
    std::vector<Piece> waiting; ///< one after the other, from the back
    int refusedAlone = 0;
    bool anyTaken = false;

    RecordResult &result(std::uint32_t index) { return answer.records[index]; }
    void deliver(std::uint32_t index) { result(index).outcome = RecordResult::Outcome::Delivered; }
    void refuse(std::uint32_t index, std::string words)
    {
        result(index) = {RecordResult::Outcome::Refused, std::move(words)};
    }
    void fail(BatchAnswer::Verdict verdict, const Error &error)
    {
        answer.verdict = verdict;
        answer.error = error;
        waiting.clear();
    }
    void spread();
};

/// The oldest rows of the batch are all refused: looks at some of the others first, to tell bad rows
/// from a table that takes none.
void CrateDbSink::Delivery::spread()
{
    Piece all{waiting.front().table, {}};
    for (auto piece = waiting.rbegin(); piece != waiting.rend(); ++piece) {
        if (piece->table == all.table)
            all.rows.insert(all.rows.end(), piece->rows.begin(), piece->rows.end());
    }
    std::erase_if(waiting, [&](const Piece &piece) { return piece.table == all.table; });
    const std::size_t step = std::max<std::size_t>(1, all.rows.size() / hopeless);
    Piece rest{all.table, {}};
    std::vector<Piece> singles;
    for (std::size_t i = 0; i < all.rows.size(); ++i) {
        if (i % step == 0)
            singles.push_back({all.table, {all.rows[i]}});
        else
            rest.rows.push_back(all.rows[i]);
    }
    if (!rest.rows.empty())
        waiting.push_back(std::move(rest));
    waiting.insert(waiting.end(), singles.begin(), singles.end());
}

SinkKind CrateDbSink::kind()
{
    return {{"http", "https"}, "CrateDB", make};
}

CrateDbSink::CrateDbSink(std::unique_ptr<cratedb::Client> client, std::string schema)
    : m_schema(std::move(schema)), m_client(std::move(client))
{
    for (const RecordType type : {RecordType::Observation, RecordType::Heartbeat,
                                  RecordType::Visit, RecordType::TuningChange})
        m_heads[type] = bulkHead(*crateTable(type), m_schema);
}

CrateDbSink::~CrateDbSink() = default;

void CrateDbSink::deliver(std::span<const StoredRecord> records, Done done)
{
    const auto delivery = std::make_shared<Delivery>();
    delivery->records = records;
    delivery->done = std::move(done);
    delivery->answer.verdict = BatchAnswer::Verdict::Answered;
    delivery->answer.records.resize(records.size());

    noteHeartbeats(records);
    std::map<const CrateTable *, Indices> byTable;
    for (std::size_t i = 0; i < records.size(); ++i) {
        const auto index = static_cast<std::uint32_t>(i);
        const CrateTable *table = crateTable(records[i].record.type);
        if (!table)
            delivery->refuse(index, "no table is known for this type of record");
        else if (table->newestOnly && isSuperseded(records[i]))
            delivery->deliver(index);
        else
            byTable[table].push_back(index);
    }
    for (auto &[table, rows] : byTable) {
        delivery->waiting.push_back({table, std::move(rows)});
    }
    sendNext(delivery);
}

void CrateDbSink::noteHeartbeats(std::span<const StoredRecord> records)
{
    for (const StoredRecord &stored : records) {
        if (stored.record.type != RecordType::Heartbeat)
            continue;
        std::int64_t &newest = m_newestHeartbeat[stored.record.agent];
        newest = std::max(newest, stored.position);
    }
}

bool CrateDbSink::isSuperseded(const StoredRecord &stored) const
{
    return stored.position < m_newestHeartbeat.at(stored.record.agent);
}

CrateDbSink::Indices CrateDbSink::writeRows(Delivery &delivery, const CrateTable &table,
                                            const Indices &rows, QByteArray &body)
{
    Indices written;
    written.reserve(rows.size());
    m_text = m_heads[table.type];
    CrateRowWriter writer(m_text);
    for (const std::uint32_t index : rows) {
        const std::size_t before = m_text.size();
        if (!written.empty())
            m_text += ',';
        if (table.append(delivery.records[index].record, writer)) {
            written.push_back(index);
            continue;
        }
        m_text.resize(before);
        delivery.refuse(index, std::string("the record cannot be a row of ") + table.name);
    }
    m_text += bulkTail;
    body = QByteArray(m_text.data(), static_cast<qsizetype>(m_text.size()));
    return written;
}

void CrateDbSink::sendNext(const DeliveryPtr &delivery)
{
    while (!delivery->waiting.empty()) {
        const Delivery::Piece piece = std::move(delivery->waiting.back());
        delivery->waiting.pop_back();
        QByteArray body;
        Indices sent = writeRows(*delivery, *piece.table, piece.rows, body);
        if (sent.empty())
            continue;
        m_client->send(std::move(body),
                       [this, delivery, table = piece.table,
                        sent = std::move(sent)](const cratedb::SqlResult &result) {
                           answered(delivery, *table, sent, result);
                           sendNext(delivery);
                       });
        return;
    }
    // Not at once: nothing may have been sent at all, and deliver() must return first.
    QTimer::singleShot(0, &m_later, [this, delivery] { finish(delivery); });
}

void CrateDbSink::answered(const DeliveryPtr &delivery, const CrateTable &table,
                           const Indices &sent, const cratedb::SqlResult &result)
{
    const Error &error = result.meaning.error;
    switch (result.meaning.verdict) {
    case cratedb::Verdict::Done:
        return readRows(*delivery, sent, result);
    case cratedb::Verdict::Divide:
        return divide(*delivery, table, sent, error);
    case cratedb::Verdict::TooLarge:
        return sent.size() > 1 ? delivery->fail(BatchAnswer::Verdict::TooLarge, error)
                               : delivery->refuse(sent.front(), error.message);
    case cratedb::Verdict::Permanent:
        return delivery->fail(BatchAnswer::Verdict::Permanent, error);
    case cratedb::Verdict::Blocked:
        delivery->answer.waitLong = true;
        return delivery->fail(BatchAnswer::Verdict::Passing, error);
    case cratedb::Verdict::Passing:
        return delivery->fail(BatchAnswer::Verdict::Passing, error);
    }
}

void CrateDbSink::readRows(Delivery &delivery, const Indices &sent,
                           const cratedb::SqlResult &result)
{
    const std::string &where = result.meaning.error.where;
    if (result.rows.size() != sent.size())
        return delivery.fail(BatchAnswer::Verdict::Passing,
                             {ErrorCode::Internal, where,
                              "the answer has another number of rows than the request", {}});
    for (std::size_t i = 0; i < sent.size(); ++i) {
        const cratedb::RowAnswer &row = result.rows[i];
        const cratedb::RowVerdict verdict = cratedb::meaningOf(row);
        if (verdict == cratedb::RowVerdict::Delivered) {
            delivery.deliver(sent[i]);
            delivery.anyTaken = true;
            continue;
        }
        if (verdict == cratedb::RowVerdict::Refused) {
            delivery.refuse(sent[i], describeRow(row));
            continue;
        }
        delivery.answer.waitLong |= verdict == cratedb::RowVerdict::Blocked;
        delivery.result(sent[i]).error = describeRow(row);
        if (!delivery.answer.error)
            delivery.answer.error = Error{ErrorCode::Unavailable, where, describeRow(row), {}};
    }
}

/// One of the rows cannot be taken and nothing was stored.
void CrateDbSink::divide(Delivery &delivery, const CrateTable &table, const Indices &rows,
                         const Error &error)
{
    if (rows.size() > 1) {
        const auto middle = rows.begin() + static_cast<std::ptrdiff_t>(rows.size() / 2);
        delivery.waiting.push_back({&table, Indices(middle, rows.end())});
        delivery.waiting.push_back({&table, Indices(rows.begin(), middle)});
        return;
    }
    delivery.refuse(rows.front(), error.message);
    ++delivery.refusedAlone;
    if (delivery.anyTaken || delivery.waiting.empty())
        return;
    if (delivery.refusedAlone == hopeless)
        return delivery.spread();
    if (delivery.refusedAlone < 2 * hopeless)
        return;
    // Not these rows but all are refused: they are kept, and nothing goes to the quarantine.
    for (RecordResult &result : delivery.answer.records) {
        if (result.outcome == RecordResult::Outcome::Refused)
            result = {};
    }
    delivery.fail(BatchAnswer::Verdict::Permanent,
                  {error.code, error.where, "every row is refused: " + error.message,
                   "compare the table with what facetrack-agentd database prints"});
}

void CrateDbSink::finish(const DeliveryPtr &delivery)
{
    const Done done = std::move(delivery->done);
    BatchAnswer answer = std::move(delivery->answer);
    done(std::move(answer)); // may destroy this
}

} // namespace facetrack
