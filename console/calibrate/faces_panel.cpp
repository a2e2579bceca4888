#include "console/calibrate/faces_panel.h"

#include "console/calibrate/face_sizes.h"

#include <QVBoxLayout>

namespace facetrack::console {

namespace {
constexpr qint64 memory = 5'000; // ms
}

FacesPanel::FacesPanel()
    : m_sizes(new QLabel), m_hint(new QLabel), m_show(new QPushButton(tr("Show faces"))), m_left(new QLabel)
{
    m_clock.start();
    m_sizes->setObjectName(QStringLiteral("faceSizes"));
    m_hint->setObjectName(QStringLiteral("faceHint"));
    m_left->setObjectName(QStringLiteral("facesLeft"));
    m_show->setObjectName(QStringLiteral("showFaces"));
    m_show->setCheckable(true);
    m_show->setToolTip(tr("Lets you, and others who may change this agent, see faces for 15 minutes at most; "
                          "all others go on with coarse ones"));
    auto *const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    for (QLabel *const label : {m_sizes, m_hint, m_left}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    layout->addWidget(m_sizes);
    layout->addWidget(m_hint);
    layout->addWidget(m_show);
    layout->addWidget(m_left);
    connect(m_show, &QPushButton::clicked, this, &FacesPanel::calibrate);
}

void FacesPanel::setSession(AgentSession *session)
{
    endCalibration();
    if (m_session)
        m_session->disconnect(this);
    m_session = session;
    m_seen.clear();
    m_trouble.clear();
    m_open = false;
    if (session) {
        connect(session, &AgentSession::reportChanged, this, &FacesPanel::refresh);
        connect(session, &AgentSession::tuningChanged, this, &FacesPanel::refresh);
        connect(session, &AgentSession::contactChanged, this, &FacesPanel::refresh);
    }
    refresh();
    showCalibration();
}

void FacesPanel::endCalibration()
{
    if (m_mine)
        calibrate(false);
}

void FacesPanel::collect()
{
    const qint64 now = m_clock.elapsed();
    if (m_session->isOnline())
        m_seen.push_back({now, faceSides(m_session->report())});
    while (!m_seen.empty() && now - m_seen.front().at > memory)
        m_seen.pop_front();
}

void FacesPanel::refresh()
{
    const bool known = m_session && m_session->hasReport() && m_session->tuning().values.is_object();
    m_hint->setVisible(known);
    m_show->setEnabled(m_session && m_session->isOnline());
    if (!known)
        return m_sizes->setText(tr("Not known yet."));
    collect();
    std::vector<double> sides;
    for (const Seen &seen : m_seen)
        sides.insert(sides.end(), seen.sides.begin(), seen.sides.end());
    const LeastFace least = leastFace(m_session->tuning().values);
    m_sizes->setText(faceSizeWords(sides, least));
    m_hint->setText(faceSizeHint(sides, least, m_session->report().width));
    showCalibration();
}

void FacesPanel::showCalibration()
{
    const nlohmann::json all = m_session ? m_session->report().all : nlohmann::json();
    const nlohmann::json left = valueOf(all, "calibration.left_s");
    const int seconds = left.is_number() ? static_cast<int>(left.get<double>() + 0.5) : 0;
    const bool open = seconds > 0 && m_session->isOnline();
    if (open != m_open) {
        m_open = open;
        m_mine = m_mine && open;
        Q_EMIT visibleFaces(open);
    }
    m_show->setChecked(open);
    m_show->setText(open ? tr("Hide faces") : tr("Show faces"));
    if (!open && !m_trouble.isEmpty())
        return m_left->setText(m_trouble);
    m_left->setText(open ? tr("Faces can be seen for %1:%2 more, by those who may change this agent.")
                               .arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'))
                         : tr("Faces are coarse, as everybody sees them."));
}

void FacesPanel::calibrate(bool open)
{
    m_mine = open;
    m_trouble.clear();
    if (!m_session)
        return;
    m_session->call<nlohmann::json>(
        this,
        [open](AgentClient &client, QObject *there, auto done) { client.calibration(open, there, done); },
        [this, session = m_session](const AgentResult<nlohmann::json> &answer) {
            if (answer || session != m_session)
                return; // the next report says that it is open
            m_mine = false;
            m_trouble = QString::fromStdString(describe(answer.error()));
            showCalibration();
        });
}

} // namespace facetrack::console
