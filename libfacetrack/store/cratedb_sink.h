#pragma once
#include "libfacetrack/cratedb/client.h"
#include "libfacetrack/store/crate_tables.h"
#include "libfacetrack/store/record_sink.h"

#include <QObject>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace facetrack {

/// Records become rows of CrateDB: one bulk insert for each table, a row that cannot be taken is
/// found by halving. Names of tables are in docs/database.md.
class CrateDbSink final : public RecordSink
{
public:
    static SinkKind kind();
    CrateDbSink(std::unique_ptr<cratedb::Client> client, std::string schema);
    ~CrateDbSink() override;

    void deliver(std::span<const StoredRecord> records, Done done) override;
    std::vector<net::EndpointState> endpoints() const override { return m_client->endpoints(); }

private:
    struct Delivery; ///< a batch under way
    using DeliveryPtr = std::shared_ptr<Delivery>;
    using Indices = std::vector<std::uint32_t>; ///< of records within the batch

    void noteHeartbeats(std::span<const StoredRecord> records);
    bool isSuperseded(const StoredRecord &stored) const;
    Indices writeRows(Delivery &delivery, const CrateTable &table, const Indices &rows,
                      QByteArray &body);
    void answered(const DeliveryPtr &delivery, const CrateTable &table, const Indices &sent,
                  const cratedb::SqlResult &result);
    void sendNext(const DeliveryPtr &delivery);
    void readRows(Delivery &delivery, const Indices &sent, const cratedb::SqlResult &result);
    void divide(Delivery &delivery, const CrateTable &table, const Indices &rows,
                const Error &error);
    void finish(const DeliveryPtr &delivery);

    const std::string m_schema;
    std::map<RecordType, std::string> m_heads;
    /// Of each agent, the newest heartbeat that was sent: an older one must not overwrite it.
    std::map<std::string, std::int64_t> m_newestHeartbeat;
    std::string m_text; ///< kept for its capacity
    std::unique_ptr<cratedb::Client> m_client; // these two last: what calls back ends first
    QObject m_later;
};

} // namespace facetrack
