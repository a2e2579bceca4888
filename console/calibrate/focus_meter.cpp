#include "console/calibrate/focus_meter.h"

namespace facetrack::console {

namespace {

constexpr int between = 200;      // ms
constexpr qint64 patience = 5'000; // ms, when a lost connection took the answer with it

std::string regionText(const QRectF &region)
{
    const auto number = [](double value) { return QString::number(value, 'f', 4); };
    return QStringList{number(region.x()), number(region.y()), number(region.width()), number(region.height())}
        .join(QLatin1Char(','))
        .toStdString();
}

} // namespace

FocusMeter::FocusMeter(QObject *parent) : QObject(parent)
{
    m_clock.start();
    connect(&m_tick, &QTimer::timeout, this, &FocusMeter::ask);
}

void FocusMeter::setSession(AgentSession *session)
{
    m_session = session;
    m_whole = m_regionFigure = {};
    m_trouble.clear();
    ++m_question;
    m_askedAt = -1;
    Q_EMIT changed();
}

void FocusMeter::setRegion(const std::optional<QRectF> &region)
{
    m_region = region;
    m_regionFigure = {};
    ++m_question; // what is on its way is about another place
    m_askedAt = -1;
    Q_EMIT changed();
}

void FocusMeter::start()
{
    if (m_tick.isActive())
        return;
    m_tick.start(between);
    ask();
}

void FocusMeter::stop()
{
    m_tick.stop();
}

void FocusMeter::letPeaksGo()
{
    m_whole.peak = m_whole.now;
    m_regionFigure.peak = m_regionFigure.now;
    Q_EMIT changed();
}

void FocusMeter::ask()
{
    if (!m_session || !m_session->isOnline())
        return;
    if (m_askedAt >= 0 && now() - m_askedAt < patience)
        return;
    m_askedAt = now();
    const int question = ++m_question;
    AgentClient::Query query;
    if (m_region)
        query["region"] = regionText(*m_region);
    m_session->call<nlohmann::json>(
        this,
        [query](AgentClient &client, QObject *there, auto done) {
            client.get("/api/v1/focus", query, there, done);
        },
        [this, question](const AgentResult<nlohmann::json> &answer) { took(question, answer); });
}

void FocusMeter::took(int question, const AgentResult<nlohmann::json> &answer)
{
    if (question != m_question)
        return;
    m_askedAt = -1;
    m_trouble.clear();
    if (answer && answer->is_object()) {
        add(m_whole, valueOf(*answer, "whole"));
        if (m_region)
            add(m_regionFigure, valueOf(*answer, "region"));
    } else if (!answer) {
        m_trouble = QString::fromStdString(describe(answer.error()));
    }
    Q_EMIT changed();
}

void FocusMeter::add(FocusFigure &figure, const nlohmann::json &value)
{
    if (!value.is_number())
        return;
    figure.now = value.get<double>();
    figure.peak = std::max(figure.peak, figure.now);
    figure.history.push_back({now(), figure.now});
    while (now() - figure.history.front().at > span)
        figure.history.pop_front();
}

} // namespace facetrack::console
