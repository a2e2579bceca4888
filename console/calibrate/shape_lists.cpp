#include "console/calibrate/shape_lists.h"

#include <algorithm>

namespace facetrack::console {

ShapeKindFacts factsOf(ShapeKind kind)
{
    switch (kind) {
    case ShapeKind::Zone: return {"track.zones", ShapeLists::tr("zone"), 3, 32, true};
    case ShapeKind::Line: return {"track.lines", ShapeLists::tr("line"), 2, 2, true};
    case ShapeKind::Mask: break;
    }
    return {"detect.masks", ShapeLists::tr("mask"), 3, 32, false};
}

void ShapeLists::setSession(AgentSession *session)
{
    if (m_session)
        m_session->disconnect(this);
    m_session = session;
    m_states = {};
    m_newest = 0;
    tell({});
    if (session) {
        const auto look = [this] {
            // Events come on a way of their own: an older one than the newest answer is past.
            if (m_session->tuning().revision >= m_newest)
                take(m_session->tuning().values);
        };
        connect(session, &AgentSession::tuningChanged, this, look);
        connect(session, &AgentSession::schemaChanged, this, [this, look] {
            look();
            Q_EMIT changed(); // now it can be changed
        });
        connect(session, &AgentSession::contactChanged, this, &ShapeLists::contactChanged);
        take(session->tuning().values);
    }
    Q_EMIT changed();
}

const Parameter *ShapeLists::parameter(ShapeKind kind) const
{
    if (!m_session)
        return nullptr;
    const auto &schema = m_session->schema();
    const auto found = std::find_if(schema.begin(), schema.end(), [&](const Parameter &parameter) {
        return parameter.key == factsOf(kind).key && parameter.shapes;
    });
    return found == schema.end() ? nullptr : &*found;
}

bool ShapeLists::canChange() const
{
    return m_session && m_session->isOnline() && parameter(ShapeKind::Zone);
}

void ShapeLists::take(const nlohmann::json &values)
{
    bool other = false;
    for (const ShapeKind kind : allShapeKinds) {
        const Parameter *const about = parameter(kind);
        const nlohmann::json value = about ? valueOf(values, about->key) : nlohmann::json();
        const auto parsed = value.is_array() ? parseJson(*about, value) : Result<Value>(Value(List{}));
        State &mine = state(kind);
        if (!parsed || !std::holds_alternative<List>(*parsed))
            continue;
        mine.given = std::get<List>(*parsed);
        if (mine.held || mine.waiting > 0 || mine.shown == mine.given)
            continue;
        mine.shown = mine.given;
        other = true;
    }
    if (other)
        Q_EMIT changed();
}

void ShapeLists::hold(ShapeKind kind, List list)
{
    state(kind).held = true;
    state(kind).shown = std::move(list);
    Q_EMIT changed();
}

void ShapeLists::letGo(ShapeKind kind)
{
    state(kind).held = false;
    if (state(kind).waiting == 0)
        state(kind).shown = state(kind).given;
    Q_EMIT changed();
}

void ShapeLists::change(ShapeKind kind, List list)
{
    hold(kind, std::move(list));
    send(kind);
}

void ShapeLists::send(ShapeKind kind)
{
    if (!canChange()) {
        tell(tr("The agent is not there now: nothing was changed."));
        return letGo(kind);
    }
    tell({});
    State &mine = state(kind);
    mine.held = false;
    ++mine.waiting;
    const nlohmann::json patch{{factsOf(kind).key, toJson(Value(mine.shown))}};
    m_session->call<AgentTuning>(
        this,
        [patch](AgentClient &client, QObject *there, auto done) { client.patchTuning(patch, there, done); },
        [this, kind, session = m_session](const AgentResult<AgentTuning> &answer) {
            if (session == m_session)
                answered(kind, answer);
        });
}

void ShapeLists::answered(ShapeKind kind, const AgentResult<AgentTuning> &answer)
{
    State &mine = state(kind);
    mine.waiting = std::max(0, mine.waiting - 1);
    if (!answer)
        tell(answer.error().problems.empty() ? QString::fromStdString(describe(answer.error()))
                                             : QString::fromStdString(describe(answer.error().problems)));
    else {
        m_newest = std::max(m_newest, answer->revision);
        take(answer->values);
    }
    if (mine.waiting == 0 && !mine.held) {
        mine.shown = mine.given;
        Q_EMIT changed();
    }
}

void ShapeLists::contactChanged()
{
    if (!m_session->isOnline()) {
        m_newest = 0; // an agent that starts again counts from the beginning
        for (State &mine : m_states) {
            mine.waiting = 0; // answers that were on their way may never come
            if (!mine.held)
                mine.shown = mine.given;
        }
    }
    Q_EMIT changed();
}

void ShapeLists::undo()
{
    if (!canChange())
        return tell(tr("The agent is not there now: nothing was changed."));
    tell({});
    m_session->call<AgentTuning>(
        this, [](AgentClient &client, QObject *there, auto done) { client.undo(there, done); },
        [this](const AgentResult<AgentTuning> &answer) {
            if (!answer)
                tell(QString::fromStdString(describe(answer.error())));
        });
}

void ShapeLists::tell(const QString &trouble)
{
    if (trouble == m_trouble)
        return;
    m_trouble = trouble;
    Q_EMIT troubleChanged();
}

} // namespace facetrack::console
