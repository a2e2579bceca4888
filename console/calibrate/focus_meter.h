#pragma once
#include "console/core/agent_session.h"

#include <QElapsedTimer>
#include <QRectF>
#include <QTimer>
#include <deque>
#include <optional>

namespace facetrack::console {

/// How sharp something is and was; larger is sharper, for one scene only.
struct FocusFigure
{
    struct Sample
    {
        qint64 at; ///< ms, of the meter
        double value;
    };
    double now = 0;
    double peak = 0;             ///< the best since the peaks were let go
    std::deque<Sample> history;  ///< oldest first, the last 60 s

    bool isKnown() const { return !history.empty(); }
};

/// Asks the agent how sharp its picture is, five times a second while it runs; the answer is
/// awaited, so a slow agent is not flooded. Thread-bound (GUI).
class FocusMeter : public QObject
{
    Q_OBJECT

public:
    static constexpr qint64 span = 60'000; ///< ms, of the histories

    explicit FocusMeter(QObject *parent = nullptr);

    void setSession(AgentSession *session); ///< null: none; forgets what was
    void setRegion(const std::optional<QRectF> &region);
    void start();
    void stop();
    void letPeaksGo();

    const FocusFigure &whole() const { return m_whole; }
    const FocusFigure &region() const { return m_regionFigure; }
    bool hasRegion() const { return m_region.has_value(); }
    qint64 now() const { return m_clock.elapsed(); } ///< ms, to compare samples with
    QString trouble() const { return m_trouble; }    ///< why there is no figure; empty: there is

Q_SIGNALS:
    void changed();

private:
    void ask();
    void took(int question, const AgentResult<nlohmann::json> &answer);
    void add(FocusFigure &figure, const nlohmann::json &value);

    QPointer<AgentSession> m_session;
    std::optional<QRectF> m_region;
    FocusFigure m_whole, m_regionFigure;
    QTimer m_tick;
    QElapsedTimer m_clock;
    int m_question = 0;    ///< answers to older ones do not count
    qint64 m_askedAt = -1; ///< ms; below 0: no answer is awaited
    QString m_trouble;
};

} // namespace facetrack::console
