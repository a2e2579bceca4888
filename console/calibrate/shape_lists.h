#pragma once
#include "console/core/agent_session.h"
#include "libfacetrack/model/shape.h"

#include <array>
#include <vector>

namespace facetrack::console {

enum class ShapeKind { Mask, Zone, Line };
inline constexpr std::array allShapeKinds{ShapeKind::Zone, ShapeKind::Line, ShapeKind::Mask};

/// What a kind of shape is, for the agent and for people.
struct ShapeKindFacts
{
    const char *key; ///< "track.zones"
    QString word;    ///< "zone"
    std::size_t least, most; ///< points
    bool named;
};
ShapeKindFacts factsOf(ShapeKind kind);

/// An agent's masks, zones and lines: as it has them, and as they are shown while one is moved or
/// while an answer is awaited. What it refuses goes back to what it has. Thread-bound (GUI).
class ShapeLists : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    using List = std::vector<Shape>;

    void setSession(AgentSession *session); ///< null: none
    bool canChange() const;                 ///< the agent is there, and says what it takes
    const List &shown(ShapeKind kind) const { return state(kind).shown; }

    /// Shows it without sending: a drag goes on. Ended by send() or letGo().
    void hold(ShapeKind kind, List list);
    void letGo(ShapeKind kind);
    /// Sends what is shown.
    void send(ShapeKind kind);
    void change(ShapeKind kind, List list);
    /// Takes back the agent's newest step.
    void undo();

    /// Why the newest change was refused, in words; empty: it was not.
    QString trouble() const { return m_trouble; }
    void tell(const QString &trouble);

Q_SIGNALS:
    void changed();
    void troubleChanged();

private:
    struct State
    {
        List given, shown;
        int waiting = 0; ///< answers
        bool held = false;
    };
    State &state(ShapeKind kind) { return m_states[static_cast<std::size_t>(kind)]; }
    const State &state(ShapeKind kind) const { return m_states[static_cast<std::size_t>(kind)]; }
    const Parameter *parameter(ShapeKind kind) const;
    void take(const nlohmann::json &values);
    void answered(ShapeKind kind, const AgentResult<AgentTuning> &answer);
    void contactChanged();

    QPointer<AgentSession> m_session;
    std::array<State, 3> m_states;
    std::uint32_t m_newest = 0; ///< revision of the newest answer
    QString m_trouble;
};

} // namespace facetrack::console
