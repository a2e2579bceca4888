#include "console/count/validation_list.h"

#include <QHeaderView>
#include <QLocale>

namespace facetrack::console {

namespace {

QDateTime timeIn(const nlohmann::json &one, const char *key)
{
    const auto found = one.find(key);
    if (found == one.end() || !found->is_string())
        return {};
    return QDateTime::fromString(QString::fromStdString(found->get<std::string>()), Qt::ISODateWithMs).toUTC();
}

double numberIn(const nlohmann::json &one, const char *key)
{
    const auto found = one.find(key);
    return found != one.end() && found->is_number() ? found->get<double>() : 0;
}

QString percent(double share)
{
    return QLocale().toString(share * 100, 'f', 0) + QStringLiteral(" %");
}

QString lengthText(qint64 seconds)
{
    return QStringLiteral("%1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
}

} // namespace

StoredCount storedCount(const nlohmann::json &one)
{
    StoredCount stored;
    if (!one.is_object())
        return stored;
    stored.from = timeIn(one, "from");
    stored.to = timeIn(one, "to");
    stored.count = static_cast<qint64>(numberIn(one, "count"));
    stored.visits = static_cast<qint64>(numberIn(one, "visits"));
    stored.recall = numberIn(one, "recall");
    stored.precision = numberIn(one, "precision");
    if (const auto note = one.find("note"); note != one.end() && note->is_string())
        stored.note = QString::fromStdString(note->get<std::string>());
    return stored;
}

QList<StoredCount> storedCounts(const nlohmann::json &answer)
{
    QList<StoredCount> counts;
    if (!answer.is_object() || !answer.contains("validations"))
        return counts;
    for (const auto &one : answer["validations"])
        counts << storedCount(one);
    return counts;
}

QString accuracyWords(const StoredCount &one)
{
    const QLocale locale;
    const QString both = ValidationList::tr("You counted %1, the agent %2.")
                             .arg(locale.toString(one.count), locale.toString(one.visits));
    const QString recall = ValidationList::tr("Recall %1: that share of the visitors whom you counted, the agent "
                                              "counted too.").arg(percent(one.recall));
    const QString precision = ValidationList::tr("Precision %1: that share of the agent's visits were visitors; "
                                                 "the others it counted twice, or nobody was there.")
                                  .arg(percent(one.precision));
    return both + QLatin1Char('\n') + recall + QLatin1Char('\n') + precision;
}

ValidationList::ValidationList()
{
    setObjectName(QStringLiteral("validationList"));
    setAccessibleName(tr("Counts by hand that the agent keeps"));
    setRootIsDecorated(false);
    setUniformRowHeights(true);
    setHeaderLabels({tr("When"), tr("Minutes"), tr("By hand"), tr("By the agent"), tr("Recall"), tr("Precision"), tr("Note")});
    header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    header()->setSectionResizeMode(Note, QHeaderView::Stretch);
}

void ValidationList::show(const QList<StoredCount> &counts)
{
    clear();
    const QLocale locale;
    for (const StoredCount &one : counts) {
        auto *const row = new QTreeWidgetItem;
        row->setText(When, locale.toString(one.from.toLocalTime(), QLocale::ShortFormat));
        row->setText(Length, lengthText((one.from.msecsTo(one.to) + 500) / 1000));
        row->setText(ByHand, locale.toString(one.count));
        row->setText(ByAgent, locale.toString(one.visits));
        row->setText(Recall, percent(one.recall));
        row->setText(Precision, percent(one.precision));
        row->setText(Note, one.note);
        for (const int column : {Length, ByHand, ByAgent, Recall, Precision})
            row->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
        row->setToolTip(When, accuracyWords(one));
        insertTopLevelItem(0, row);
    }
}

} // namespace facetrack::console
