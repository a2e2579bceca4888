#include "console/tune/trial_dialog.h"

#include "console/live/outlined.h"
#include "console/shell/copying.h"
#include "console/shell/theme.h"
#include "console/tune/setting_text.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLocale>
#include <QPainter>
#include <QVBoxLayout>

namespace facetrack::console {

namespace {

enum Column { Name, Changes, Faces, Flicker, Cpu, Agreement, Front };

QList<QRectF> boxesOf(const nlohmann::json &list)
{
    QList<QRectF> boxes;
    for (const nlohmann::json &box : list)
        boxes << QRectF(box.value("x", 0.0), box.value("y", 0.0), box.value("w", 0.0), box.value("h", 0.0));
    return boxes;
}

} // namespace

/// One frame with what the first set found (dashed) and what the other did (solid).
class DifferenceView : public QWidget
{
public:
    DifferenceView() { setMinimumSize(320, 200); }

    void show(const QImage &image, const QList<QRectF> &first, const QList<QRectF> &other)
    {
        m_words.clear();
        m_image = image;
        m_first = first;
        m_other = other;
        update();
    }

    /// In place of a frame.
    void say(const QString &words)
    {
        show({}, {}, {});
        m_words = words;
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.fillRect(rect(), letterboxColour());
        painter.setPen(Qt::white);
        if (m_image.isNull())
            return painter.drawText(rect().adjusted(20, 20, -20, -20), Qt::AlignCenter | Qt::TextWordWrap, m_words);
        const QSizeF size = QSizeF(m_image.size()).scaled(QSizeF(this->size()), Qt::KeepAspectRatio);
        const QRectF where(QPointF((width() - size.width()) / 2, (height() - size.height()) / 2), size);
        painter.drawImage(where, m_image);
        draw(painter, where, m_first, QColor(0x56, 0xb4, 0xe9), Qt::DashLine);
        draw(painter, where, m_other, QColor(0xff, 0xe0, 0x66), Qt::SolidLine);
    }

private:
    static void draw(QPainter &painter, const QRectF &where, const QList<QRectF> &boxes, const QColor &colour,
                     Qt::PenStyle style)
    {
        for (const QRectF &box : boxes)
            frameOutlined(painter,
                          {where.x() + box.x() * where.width(), where.y() + box.y() * where.height(),
                           box.width() * where.width(), box.height() * where.height()},
                          colour, style);
    }

    QImage m_image;
    QString m_words;
    QList<QRectF> m_first, m_other;
};

TrialDialog::TrialDialog(AgentSession &session, QWidget *parent)
    : QDialog(parent), m_session(&session), m_trial(new ClipTrial(&session, this)), m_words(new QLabel),
      m_sets(new QTreeWidget), m_view(new DifferenceView)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("trialDialog"));
    setWindowTitle(tr("A/B on %1").arg(session.name()));
    m_words->setObjectName(QStringLiteral("trialWords"));
    m_words->setWordWrap(true);
    m_sets->setObjectName(QStringLiteral("trialSets"));
    m_sets->setAccessibleName(tr("Sets of settings"));
    m_sets->setRootIsDecorated(false);
    m_sets->setHeaderLabels({tr("Set"), tr("Differs from now in"), tr("Faces a frame"), tr("Flicker"),
                             tr("CPU ms a frame"), tr("Agreement"), tr("No other is better")});
    m_sets->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_sets->header()->setSectionResizeMode(Changes, QHeaderView::Stretch);
    letLinesBeCopied(m_sets);
    letPictureBeSaved(m_view, tr("A/B on %1").arg(session.name()).replace(QLatin1Char('/'), QLatin1Char('-')),
                      [this] { return m_view->grab().toImage(); });
    addSet(tr("now"), {});
    addSet(tr("stricter"), QStringLiteral("detect.min_neighbors=6"));
    auto *const layout = new QVBoxLayout(this);
    layout->addWidget(m_words);
    layout->addWidget(m_sets, 1);
    layout->addWidget(m_view, 2);
    layout->addWidget(makeButtons());
    connect(m_sets, &QTreeWidget::currentItemChanged, this, [this] {
        m_difference = 0;
        showDifference();
    });
    connect(m_trial, &ClipTrial::frozen, this, [this](const QString &what) {
        say(what + QLatin1Char(' ') + tr("Double-click a set to change it, such as detect.min_neighbors=6, "
                                         "detect.scale_factor=1.2; then Run."));
        m_run->setEnabled(true);
    });
    connect(m_trial, &ClipTrial::progressed, this,
            [this](int done, int of) { say(tr("Trying: %1 of %2 frames …").arg(done).arg(of)); });
    connect(m_trial, &ClipTrial::finished, this, &TrialDialog::showFigures);
    connect(m_trial, &ClipTrial::failed, this, [this](const QString &why) {
        say(why);
        m_run->setEnabled(m_trial->isFrozen());
    });
    freeze();
    resize(920, 640);
}

QWidget *TrialDialog::makeButtons()
{
    auto *const buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    const auto add = [&](const QString &text, const char *name, auto does) {
        auto *const button = buttons->addButton(text, QDialogButtonBox::ActionRole);
        button->setObjectName(QString::fromLatin1(name));
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, does);
        return button;
    };
    add(tr("Add a set"), "addSet", [this] {
        constexpr int most = 8;
        if (m_sets->topLevelItemCount() < most)
            addSet(tr("set %1").arg(m_sets->topLevelItemCount()), {});
    });
    add(tr("Freeze anew"), "freeze", [this] { freeze(); });
    m_run = add(tr("Run"), "runTrial", [this] { run(); });
    m_next = add(tr("Next difference"), "nextDifference", [this] {
        ++m_difference;
        showDifference();
    });
    m_apply = add(tr("Apply the chosen set"), "applySet", [this] { apply(); });
    for (QPushButton *const button : {m_run, m_next, m_apply})
        button->setEnabled(false);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    return buttons;
}

void TrialDialog::freeze()
{
    say(tr("Freezing the last 10 seconds …"));
    m_trial->freeze(10);
}

void TrialDialog::addSet(const QString &name, const QString &changes)
{
    auto *const item = new QTreeWidgetItem(m_sets, {name, changes});
    item->setFlags(item->flags() | Qt::ItemIsEditable);
    m_sets->setCurrentItem(item);
}

Result<QList<TrialSet>> TrialDialog::readSets() const
{
    QList<TrialSet> sets;
    for (int i = 0; i < m_sets->topLevelItemCount(); ++i) {
        const QTreeWidgetItem *const item = m_sets->topLevelItem(i);
        const auto values = settingsFrom(item->text(Changes), m_session->schema());
        if (!values)
            return tl::unexpected(values.error());
        sets << TrialSet{item->text(Name), *values};
    }
    return sets;
}

void TrialDialog::run()
{
    if (!m_session)
        return;
    const auto sets = readSets();
    if (!sets)
        return say(QString::fromStdString(describe(sets.error())));
    m_run->setEnabled(false);
    m_trial->run(*sets);
}

void TrialDialog::showFigures(const nlohmann::json &sets)
{
    m_figures = sets;
    m_run->setEnabled(true);
    say(tr("Done. Dashed boxes are the first set's, solid ones the chosen set's. Compare sets with each "
           "other, not with the live counts."));
    const QLocale locale;
    for (int i = 0; i < m_sets->topLevelItemCount() && i < static_cast<int>(sets.size()); ++i) {
        const nlohmann::json &set = sets[static_cast<std::size_t>(i)];
        QTreeWidgetItem *const item = m_sets->topLevelItem(i);
        item->setText(Faces, locale.toString(set.value("faces_per_frame", 0.0), 'f', 2));
        item->setText(Flicker, locale.toString(set.value("flicker", 0.0), 'f', 3));
        item->setText(Cpu, locale.toString(set.value("cpu_ms", 0.0), 'f', 1));
        item->setText(Agreement, locale.toString(set.value("agreement", 0.0), 'f', 3));
        item->setText(Front, set.value("front", false) ? tr("yes") : QString());
        if (const std::string why = set.value("error", std::string()); !why.empty())
            item->setText(Faces, QString::fromStdString(why));
    }
    showDifference();
}

void TrialDialog::showDifference()
{
    const int row = m_sets->indexOfTopLevelItem(m_sets->currentItem());
    const bool known = row >= 0 && row < static_cast<int>(m_figures.size());
    m_apply->setEnabled(known);
    const nlohmann::json differing
        = known ? m_figures[static_cast<std::size_t>(row)].value("differing", nlohmann::json::array())
                : nlohmann::json::array();
    m_next->setEnabled(differing.size() > 1);
    if (differing.empty())
        return m_view->say(!known      ? tr("A frame in which the chosen set finds other faces than the first is shown here.")
                           : row == 0 ? tr("This is the first set: choose another one.")
                                      : tr("No frame differs: it finds the same faces as the first set."));
    const nlohmann::json one = differing[m_difference % differing.size()];
    m_trial->fetchFrame(one.value("frame", 0), [this, one](const QByteArray &jpeg) {
        m_view->show(QImage::fromData(jpeg, "JPEG"), boxesOf(one.value("first", nlohmann::json::array())),
                     boxesOf(one.value("faces", nlohmann::json::array())));
    });
}

void TrialDialog::apply()
{
    const int row = m_sets->indexOfTopLevelItem(m_sets->currentItem());
    const auto sets = readSets();
    if (!m_session || !sets || row < 0)
        return;
    const TrialSet &set = sets->at(row);
    if (set.tuning.empty())
        return say(tr("This set is what is in force already."));
    m_session->patchTuning(set.tuning);
    say(tr("%1 is in force now; Undo takes it back.").arg(set.name));
}

void TrialDialog::say(const QString &words)
{
    m_words->setText(words);
}

} // namespace facetrack::console
