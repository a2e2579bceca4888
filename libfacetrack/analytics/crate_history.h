#pragma once
#include "libfacetrack/analytics/history.h"
#include "libfacetrack/cratedb/client.h"

#include <functional>
#include <memory>
#include <nlohmann/json_fwd.hpp>

namespace facetrack {

class CrateQuestions;
struct CrateQuestion;

/// The questions asked of a CrateDB, which sums up. Needs DQL on the schema. For the hours whose sums
/// the database keeps (`facetrack-agentd rollup`) it asks these, for later ones the rows: so the
/// answers are the same with and without, but much quicker with. Rows that came late into an hour
/// that was summed up are in the answers after the next roll-up.
class FACETRACK_EXPORT CrateHistory final : public History
{
public:
    enum class From {
        SumsAndRows, ///< sums for the hours that have them
        Rows,        ///< rows only: slow, but right at any moment
    };
    CrateHistory(std::unique_ptr<cratedb::Client> client, const std::string &schema,
                 From from = From::SumsAndRows);
    ~CrateHistory() override;
    /// With a client of its own.
    static Result<std::unique_ptr<History>> open(const net::EndpointSettings &servers,
                                                 const std::string &schema);

    void counts(const HistoryScope &scope, Minute step, QObject *context, Done<Counts> done) override;
    void heatMap(const HistoryScope &scope, QObject *context, Done<HeatMap> done) override;
    void dwell(const HistoryScope &scope, const std::string &zone, QObject *context,
               Done<DwellByAgent> done) override;
    void marks(const HistoryScope &scope, QObject *context,
               Done<std::vector<TuningMark>> done) override;
    /// None: they are kept by the agents.
    void checkedCounts(const HistoryScope &scope, QObject *context,
                       Done<std::vector<CheckedCount>> done) override;

private:
    class Asking;
    void send(const CrateQuestion &question, QObject *context,
              std::function<void(Result<nlohmann::json>)> done);
    /// The minute before which all is summed up; 0: nothing is.
    void askSummedUp(QObject *context, std::function<void(Result<Minute>)> done);

    std::unique_ptr<CrateQuestions> m_questions;
    From m_from;
    std::unique_ptr<cratedb::Client> m_client; // these two last: what calls back ends first
    QObject m_later;
};

} // namespace facetrack
