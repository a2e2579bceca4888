// Holds the table of rooms: a room includes rooms of lower levels only.
#include <QDirIterator>
#include <QFile>
#include <QMap>
#include <QRegularExpression>
#include <QTest>

namespace {

// The table of ARCHITECTURE.md. Change both together.
const QMap<QString, int> &levels()
{
    static const QMap<QString, int> table{
        {QStringLiteral("base"), 0},     {QStringLiteral("model"), 1},
        {QStringLiteral("net"), 1},      {QStringLiteral("health"), 1},
        {QStringLiteral("config"), 2},
        {QStringLiteral("http"), 2},     {QStringLiteral("cratedb"), 2},
        {QStringLiteral("capture"), 3},  {QStringLiteral("detect"), 3},
        {QStringLiteral("track"), 3},    {QStringLiteral("store"), 3},
        {QStringLiteral("stream"), 3},   {QStringLiteral("discovery"), 3},
        {QStringLiteral("pipeline"), 4},
        {QStringLiteral("client"), 4},
        {QStringLiteral("analytics"), 5},
        {QStringLiteral("agent"), 6},    {QStringLiteral("simulation"), 6},
        {QStringLiteral("relay"), 7},
    };
    return table;
}

QString libraryFolder()
{
    return QStringLiteral(SOURCE_DIR "/libfacetrack");
}

QStringList includedRooms(const QString &path)
{
    static const QRegularExpression include(
        QStringLiteral("^\\s*#\\s*include\\s*[\"<]libfacetrack/([^/\">]+)/"),
        QRegularExpression::MultilineOption);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {QStringLiteral("unreadable")};
    QStringList rooms;
    auto matches = include.globalMatch(QString::fromUtf8(file.readAll()));
    while (matches.hasNext())
        rooms << matches.next().captured(1);
    return rooms;
}

} // namespace

class TestRooms : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFolderIsInTheTable()
    {
        const QStringList folders
            = QDir(libraryFolder()).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
        QCOMPARE(folders, levels().keys());
    }

    void roomsIncludeLowerLevelsOnly()
    {
        int files = 0;
        QStringList wrong;
        QDirIterator it(libraryFolder(), {QStringLiteral("*.h"), QStringLiteral("*.cpp")},
                        QDir::Files, QDirIterator::Subdirectories);
        while (it.hasNext()) {
            const QString path = it.next();
            const QString room = QFileInfo(path).dir().dirName();
            ++files;
            const QStringList included = includedRooms(path);
            for (const QString &other : included) {
                const bool lower = levels().value(other, 99) < levels().value(room, -1);
                if (other != room && !lower)
                    wrong << path + QStringLiteral(" includes ") + other;
            }
        }
        QVERIFY2(files > 20, "the library's files were not found");
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
    }

    void aNameIsOneType()
    {
        // Two types of one name are one to the linker: the wrong one's functions would be called.
        static const QRegularExpression type(
            QStringLiteral("^(?:struct|class) (?:FACETRACK_EXPORT )?(\\w+)(?: final)?(?: :.*)?$"),
            QRegularExpression::MultilineOption);
        static const QRegularExpression space(QStringLiteral("^namespace ([\\w:]+)"),
                                              QRegularExpression::MultilineOption);
        QMap<QString, QStringList> files;
        QDirIterator it(libraryFolder(), {QStringLiteral("*.h")}, QDir::Files,
                        QDirIterator::Subdirectories);
        while (it.hasNext()) {
            QFile file(it.next());
            QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
            const QString text = QString::fromUtf8(file.readAll());
            const QString around = space.match(text).captured(1);
            auto types = type.globalMatch(text);
            while (types.hasNext())
                files[around + QStringLiteral("::") + types.next().captured(1)] << file.fileName();
        }
        QVERIFY2(files.size() > 100, "the types were not found");
        for (auto one = files.cbegin(); one != files.cend(); ++one)
            QVERIFY2(one->size() == 1,
                     qPrintable(one.key() + QStringLiteral(" in ") + one->join(QStringLiteral(", "))));
    }

    void headersOfOneLibraryNeverReachOutOfTheirRoom()
    {
        // OpenCV, FFmpeg, SQLite, Beast and TurboJPEG each belong to the rooms that need them, and
        // to .cpp files there: what uses libfacetrack must not need their headers.
        QStringList wrong;
        static const QRegularExpression foreign(
            QStringLiteral("#\\s*include\\s*<(opencv2|libav|libsw|boost|sqlite3|turbojpeg|toml\\+\\+)"));
        const QStringList publicHeaders{
            QStringLiteral("capture/capture_source.h"), QStringLiteral("detect/detector.h"),
            QStringLiteral("http/server.h"), QStringLiteral("store/journal.h"),
            QStringLiteral("stream/broadcaster.h"), QStringLiteral("agent/agent.h")};
        for (const QString &header : publicHeaders) {
            QFile file(libraryFolder() + u'/' + header);
            QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
            if (foreign.match(QString::fromUtf8(file.readAll())).hasMatch())
                wrong << header;
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
    }
};

QTEST_GUILESS_MAIN(TestRooms)
#include "test_rooms.moc"
