#include "console/preflight/preflight_report.h"

#include "libfacetrack/base/version.h"

#include <QCoreApplication>
#include <QAbstractTextDocumentLayout>
#include <QLocale>
#include <QPdfWriter>
#include <QPageLayout>
#include <QPageSize>
#include <QSaveFile>
#include <QTextDocument>

namespace facetrack::console {

namespace {

constexpr int Resolution = 150; // dots per inch of the layout; text stays text

class Text
{
    Q_DECLARE_TR_FUNCTIONS(preflightReport)

public:
    static QString head(const PreflightReport &report)
    {
        const QString venue = report.venue.isEmpty() ? tr("no venue chosen") : report.venue;
        // The zone too: the paper may travel.
        const QString when = QLocale().toString(report.when.toLocalTime(), QLocale::LongFormat);
        return QStringLiteral("<h1>%1</h1><p>%2<br>%3<br>%4</p><h2>%5</h2>")
            .arg(tr("facetrack preflight").toHtmlEscaped(), tr("Venue: %1").arg(venue).toHtmlEscaped(),
                 tr("Date: %1").arg(when).toHtmlEscaped(),
                 tr("Made by facetrack-console %1").arg(QString::fromLatin1(version())).toHtmlEscaped(),
                 headline(report.findings).toHtmlEscaped());
    }

    static QString table(const QString &subject, const QList<Finding> &findings)
    {
        QString rows;
        for (const Finding &finding : findings) {
            if (finding.subject != subject)
                continue;
            const bool good = finding.state == FindingState::Good;
            const QString state = stateWords(finding.state).toHtmlEscaped();
            rows += QStringLiteral("<tr><td>%1</td><td>%2</td><td>%3</td><td>%4</td></tr>")
                        .arg(finding.item.toHtmlEscaped(), good ? state : QStringLiteral("<b>%1</b>").arg(state),
                             finding.words.toHtmlEscaped(), finding.advice.toHtmlEscaped());
        }
        return QStringLiteral("<h3>%1</h3><table width='100%' border='1' cellspacing='0' cellpadding='4'>"
                              "<tr><th width='14%'>%2</th><th width='14%'>%3</th><th width='36%'>%4</th><th width='36%'>%5</th></tr>%6</table>")
            .arg(subject.toHtmlEscaped(), tr("What"), tr("State"), tr("How it is"), tr("What to do"), rows);
    }
};

} // namespace

QString reportHtml(const PreflightReport &report)
{
    QStringList subjects;
    for (const Finding &finding : report.findings)
        if (!subjects.contains(finding.subject))
            subjects << finding.subject;
    QString html = Text::head(report);
    for (const QString &subject : subjects)
        html += Text::table(subject, report.findings);
    return html;
}

QString writePdf(const PreflightReport &report, const QString &file)
{
    QSaveFile to(file);
    if (!to.open(QIODevice::WriteOnly))
        return to.errorString();
    {
        QPdfWriter writer(&to);
        writer.setTitle(QCoreApplication::translate("preflightReport", "facetrack preflight"));
        writer.setCreator(QStringLiteral("facetrack-console"));
        writer.setPageSize(QPageSize(QPageSize::A4));
        writer.setPageMargins(QMarginsF(15, 15, 15, 15), QPageLayout::Millimeter);
        writer.setResolution(Resolution);
        QTextDocument document;
        document.documentLayout()->setPaintDevice(&writer);
        QFont font;
        font.setPointSize(9);
        document.setDefaultFont(font);
        document.setDefaultStyleSheet(QStringLiteral("* { color: black; } th { text-align: left; }"));
        document.setPageSize(QSizeF(writer.width(), writer.height()));
        document.setHtml(reportHtml(report));
        document.print(&writer);
    }
    return to.commit() ? QString() : to.errorString();
}

} // namespace facetrack::console
