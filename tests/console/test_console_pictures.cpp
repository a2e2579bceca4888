// Pictures of every page of the console with three real agents, light and dark, for people to look
// at: written to FACETRACK_SCREENSHOTS. What a machine can see is held here: the size, that pictures
// are live, and that no words are cut off, in English and in German.
//
// QT_SCALE_FACTOR says how dense the screen is; 2 makes pictures of 2560x1440, anything else of 1280x800.
#include "console/app/translations.h"
#include "console/charts/charts_page.h"
#include "console/live/picture_view.h"
#include "console/shell/theme.h"
#include "tests/support/agent_process.h"
#include "tests/support/console_stage.h"
#include "tests/support/event_agent.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QComboBox>
#include <QDateEdit>
#include <QDialog>
#include <QDir>
#include <QDockWidget>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSlider>
#include <QTabBar>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>
#include <QTreeWidgetItemIterator>

using namespace facetrack;
using namespace facetrack::console;

namespace {

constexpr int Patience = 60'000; // ms, for a busy machine

QString named(const QWidget *widget, const QString &text)
{
    return QStringLiteral("%1 \"%2\"").arg(QString::fromLatin1(widget->metaObject()->className()), text);
}

bool holds(const QLabel *label)
{
    if (label->text().isEmpty() || !label->pixmap().isNull())
        return true;
    const int needed = label->wordWrap() ? label->heightForWidth(label->width()) : label->sizeHint().height();
    return label->height() >= needed && (label->wordWrap() || label->width() >= label->sizeHint().width());
}

QStringList cutRows(const QTreeWidget &tree)
{
    QStringList found;
    for (int column = 0; column < tree.columnCount(); ++column)
        if (tree.columnWidth(column) < tree.header()->fontMetrics().horizontalAdvance(tree.headerItem()->text(column)))
            found << named(&tree, tree.headerItem()->text(column));
    for (QTreeWidgetItemIterator at(const_cast<QTreeWidget *>(&tree)); *at; ++at) {
        const QRect row = tree.visualItemRect(*at);
        for (int column = 0; column < tree.columnCount(); ++column) {
            const int margin = 2 * (tree.style()->pixelMetric(QStyle::PM_FocusFrameHMargin) + 1);
            const QRect words = tree.fontMetrics().boundingRect(QRect(0, 0, tree.columnWidth(column) - margin, 10'000),
                                                                Qt::TextWordWrap, (*at)->text(column));
            if (column > 0 && row.isValid() && words.height() > row.height())
                found << named(&tree, (*at)->text(column));
        }
    }
    return found;
}

/// A tool button may be as narrow as its text, such as the dot of a changed value.
int leastWidth(const QAbstractButton *button)
{
    return qobject_cast<const QToolButton *>(button) ? button->fontMetrics().horizontalAdvance(button->text())
                                                     : button->minimumSizeHint().width();
}

/// Labels and buttons that are smaller than their words, and rows of lists likewise.
QStringList cutOff(const QWidget &window)
{
    QStringList found;
    for (const auto *const label : window.findChildren<QLabel *>())
        if (label->isVisible() && !holds(label))
            found << named(label, label->text());
    for (const auto *const button : window.findChildren<QAbstractButton *>())
        if (button->isVisible() && !button->text().isEmpty() && button->width() < leastWidth(button))
            found << named(button, button->text());
    for (const auto *const tree : window.findChildren<QTreeWidget *>())
        if (tree->isVisible())
            found << cutRows(*tree);
    return found;
}

/// What one uses by keyboard or mouse, and a screen reader has no name for.
QStringList nameless(const QWidget &window)
{
    QStringList found;
    for (auto *const widget : window.findChildren<QWidget *>()) {
        const bool used = qobject_cast<QAbstractButton *>(widget) || qobject_cast<QLineEdit *>(widget)
                          || qobject_cast<QComboBox *>(widget) || qobject_cast<QAbstractSpinBox *>(widget)
                          || qobject_cast<QSlider *>(widget) || qobject_cast<QAbstractItemView *>(widget)
                          || qobject_cast<PictureView *>(widget) || qobject_cast<QPlainTextEdit *>(widget);
        const bool partOfAnother = qobject_cast<QComboBox *>(widget->parentWidget())
                                   || qobject_cast<QAbstractSpinBox *>(widget->parentWidget())
                                   || qobject_cast<QLineEdit *>(widget->parentWidget())
                                   || qobject_cast<QAbstractItemView *>(widget->parentWidget())
                                   || qobject_cast<QDockWidget *>(widget->parentWidget())
                                   || widget->objectName().startsWith(QLatin1String("qt_"));
        if (!used || partOfAnother || !widget->isVisible() || widget->focusPolicy() == Qt::NoFocus)
            continue;
        const QAccessibleInterface *const shown = QAccessible::queryAccessibleInterface(widget);
        if (!shown || shown->text(QAccessible::Name).isEmpty())
            found << named(widget, widget->objectName());
    }
    return found;
}

} // namespace

class TestConsolePictures : public QObject
{
    Q_OBJECT

private:
    const bool m_dense = qEnvironmentVariable("QT_SCALE_FACTOR") == QLatin1String("2");
    const QDir m_out{qEnvironmentVariable("FACETRACK_SCREENSHOTS", QDir::tempPath())};
    QTemporaryDir m_state;
    std::vector<std::unique_ptr<AgentProcess>> m_agents;
    std::unique_ptr<ConsoleStage> m_stage;

    QSize size() const { return m_dense ? QSize(1280, 720) : QSize(1280, 800); } // as the desktop counts

    void open(const QSize &at)
    {
        m_stage = std::make_unique<ConsoleStage>();
        m_stage->window().resize(at);
        for (const auto &agent : m_agents)
            m_stage->connectTo(agent->url());
        for (AgentSession *const session : m_stage->agents.sessions())
            QTRY_VERIFY_WITH_TIMEOUT(session->isOnline() && session->hasReport() && !session->schema().empty(), Patience);
    }

    void showPage(const QString &page)
    {
        QVERIFY(m_stage->window().showPage(page));
        for (const auto *const view : m_stage->window().findChildren<PictureView *>())
            if (view->isVisible())
                QTRY_VERIFY_WITH_TIMEOUT(view->picture().isLive() && !view->picture().image().isNull(), Patience);
        QTest::qWait(1'200); // figures of a second, and lists that are gathered
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(QDir().mkpath(m_out.path()));
        installTranslations(QLocale::c()); // English counts properly
        for (int i = 1; i <= 3; ++i) {
            m_agents.push_back(runAgent(QStringLiteral("synthetic:booth?seed=%1&people=%2&fps=10").arg(i).arg(2 + i),
                                        m_state.filePath(QString::number(i)),
                                        {QStringLiteral("--set"), QStringLiteral("agent.id=pi-%1").arg(i), QStringLiteral("--set"),
                                         QStringLiteral("agent.name=lane %1").arg(i), QStringLiteral("--set"),
                                         QStringLiteral("detect.cpu_budget=15")})); // busy machines have other tests to run
        }
        for (const auto &agent : m_agents)
            QVERIFY(agent->waitReady());
    }

    void cleanup() { m_stage.reset(); }

    void everyPageIsTakenAndCutsNoWords_data()
    {
        QTest::addColumn<QString>("theme");
        QTest::newRow("light") << QStringLiteral("light");
        QTest::newRow("dark") << QStringLiteral("dark");
    }
    void everyPageIsTakenAndCutsNoWords()
    {
        QFETCH(QString, theme);
        applyTheme(themeNamed(theme));
        open(size());
        for (const PageKind &kind : pageKinds()) {
            showPage(kind.id);
            const QPixmap picture = m_stage->window().grab();
            const QSize pixels = m_dense ? QSize(2560, 1440) : QSize(1280, 800);
            QCOMPARE(picture.size(), pixels);
            const QString file = m_out.filePath(QStringLiteral("console-%1-%2-%3x%4.png").arg(kind.id, theme)
                                                    .arg(pixels.width()).arg(pixels.height()));
            QVERIFY(picture.save(file));
            qInfo("%s", qPrintable(file));
            QCOMPARE(cutOff(m_stage->window()).join(QLatin1Char('\n')), QString());
            QCOMPARE(nameless(m_stage->window()).join(QLatin1Char('\n')), QString());
        }
    }

    void theFirstStartIsNoEmptyField()
    {
        applyTheme(Theme::Light);
        m_stage = std::make_unique<ConsoleStage>();
        m_stage->window().resize(size());
        QTest::qWait(100);
        QVERIFY(m_stage->window().grab().save(m_out.filePath(QStringLiteral("console-first-start-%1.png")
                                                                 .arg(m_dense ? QStringLiteral("2560x1440") : QStringLiteral("1280x800")))));
        QCOMPARE(cutOff(m_stage->window()).join(QLatin1Char('\n')), QString());
    }

    void dialogsCutNoWords_data()
    {
        QTest::addColumn<QString>("action");
        QTest::addColumn<QString>("dialog");
        QTest::newRow("copy") << QStringLiteral("copyTuning") << QStringLiteral("copyDialog");
        QTest::newRow("compare") << QStringLiteral("compare") << QStringLiteral("trialDialog");
        QTest::newRow("pair") << QStringLiteral("pair") << QStringLiteral("pairDialog");
        QTest::newRow("report") << QStringLiteral("report") << QStringLiteral("reportDialog");
        QTest::newRow("present") << QStringLiteral("presentChoose") << QStringLiteral("presentDialog");
        QTest::newRow("search") << QStringLiteral("search") << QStringLiteral("commandSearch");
    }
    void dialogsCutNoWords()
    {
        QFETCH(QString, action);
        QFETCH(QString, dialog);
        applyTheme(Theme::Light);
        open(size());
        auto *const does = m_stage->window().findChild<QAction *>(action);
        QVERIFY(does);
        QTRY_VERIFY_WITH_TIMEOUT(does->isEnabled(), Patience);
        does->trigger();
        auto *const shown = m_stage->window().findChild<QDialog *>(dialog);
        QVERIFY(shown);
        if (auto *const run = shown->findChild<QPushButton *>(QStringLiteral("runTrial"))) {
            QTRY_VERIFY_WITH_TIMEOUT(run->isEnabled(), Patience);
            run->click();
            QTRY_VERIFY_WITH_TIMEOUT(shown->findChild<QPushButton *>(QStringLiteral("applySet"))->isEnabled(), Patience);
        }
        QTest::qWait(300);
        QVERIFY(shown->grab().save(m_out.filePath(QStringLiteral("console-%1-%2.png")
                                                      .arg(dialog, m_dense ? QStringLiteral("dense") : QStringLiteral("light")))));
        QCOMPARE(cutOff(*shown).join(QLatin1Char('\n')), QString());
        QCOMPARE(nameless(*shown).join(QLatin1Char('\n')), QString());
        shown->close();
    }

    void anEventInChartsCutsNoWords_data() { everyPageIsTakenAndCutsNoWords_data(); }
    void anEventInChartsCutsNoWords()
    {
        QFETCH(QString, theme);
        applyTheme(themeNamed(theme));
        SimulatedEvent event;
        event.agents = {"pi-entrance", "pi-left-lane", "pi-right-lane"};
        event.first = QDate(2026, 10, 22);
        event.total = 166'066; // as at the conference of 2017
        EventAgent agent(event);
        QVERIFY(agent.waitReady());
        m_stage = std::make_unique<ConsoleStage>();
        m_stage->window().resize(size());
        const AgentSession *const session = m_stage->connectTo(agent.url());
        QTRY_VERIFY_WITH_TIMEOUT(session->isOnline(), Patience);
        QVERIFY(m_stage->window().showPage(QStringLiteral("charts")));
        auto &page = *m_stage->window().findChild<ChartsPage *>();
        page.findChild<QTabBar *>(QStringLiteral("chartsTabs"))->setCurrentIndex(1);
        page.findChild<QDateEdit *>(QStringLiteral("eventFrom"))->setDate(event.first);
        page.findChild<QDateEdit *>(QStringLiteral("eventTo"))->setDate(event.first.addDays(1));
        for (const auto &[field, words] : {std::pair{"eventHours", "08:00-20:00"}, std::pair{"eventZone", "Europe/Berlin"}}) {
            auto *const place = page.findChild<QWidget *>(QLatin1String(field));
            auto *const combo = qobject_cast<QComboBox *>(place);
            auto *const edit = combo ? combo->lineEdit() : qobject_cast<QLineEdit *>(place);
            edit->setText(QLatin1String(words));
            QTest::keyClick(edit, Qt::Key_Return);
        }
        const auto &past = *page.findChild<PastCharts *>();
        QTRY_VERIFY_WITH_TIMEOUT(!past.isAsking() && past.report() && past.report()->openMinutes() == 2 * 12 * 60, Patience);
        QTest::qWait(1'200); // drawn, and figures of a second
        QVERIFY(m_stage->window().grab().save(m_out.filePath(QStringLiteral("console-event-%1.png").arg(theme))));
        QCOMPARE(cutOff(m_stage->window()).join(QLatin1Char('\n')), QString());
        QCOMPARE(nameless(m_stage->window()).join(QLatin1Char('\n')), QString());
    }

    void aProjectorAndGermanCutNoWordsEither()
    {
        applyTheme(Theme::Light);
        QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
        installTranslations(QLocale());
        open({1280, 720});
        for (const PageKind &kind : pageKinds()) {
            showPage(kind.id);
            QCOMPARE(m_stage->window().size(), QSize(1280, 720)); // it needs no more
            QVERIFY(m_stage->window().grab().save(m_out.filePath(QStringLiteral("console-%1-german-%2.png").arg(kind.id, m_dense ? QStringLiteral("2560x1440") : QStringLiteral("1280x720")))));
            QCOMPARE(cutOff(m_stage->window()).join(QLatin1Char('\n')), QString());
        }
    }
};

QTEST_MAIN(TestConsolePictures)
#include "test_console_pictures.moc"
