#pragma once
#include "libfacetrack/capture/capture_source.h"

#include <QByteArray>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>
#include <QtTest>
#include <vector>

namespace facetrack::test {

/// Files made on the spot by the program `ffmpeg`, so that no media lie in the repository.
class Media
{
public:
    bool canMake() const
    {
        return !QStandardPaths::findExecutable(QStringLiteral("ffmpeg")).isEmpty();
    }

    QString path(const char *name) const { return m_directory.filePath(QLatin1String(name)); }

    /// Runs `ffmpeg ARGUMENTS NAME`; arguments are parted by spaces.
    bool make(const char *name, const char *arguments) const
    {
        QStringList all{QStringLiteral("-v"), QStringLiteral("error"), QStringLiteral("-y")};
        all += QString::fromUtf8(arguments).split(QLatin1Char(' '), Qt::SkipEmptyParts);
        all += path(name);
        QProcess ffmpeg;
        ffmpeg.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        ffmpeg.start(QStringLiteral("ffmpeg"), all);
        return ffmpeg.waitForFinished(60000) && ffmpeg.exitCode() == 0;
    }

    /// The same from a file made before.
    bool remake(const char *name, const char *from, const char *arguments) const
    {
        return make(name, "-i " + path(from).toUtf8() + ' ' + arguments);
    }

    QByteArray bytes(const char *name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    void write(const char *name, const QByteArray &bytes) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }

    std::string url(const char *scheme, const char *name, const char *options = "") const
    {
        return std::string(scheme) + ':' + path(name).toStdString() + options;
    }

private:
    QTemporaryDir m_directory;
};

/// All that a source delivers, and how it ends.
struct Read
{
    std::vector<FramePtr> frames;
    std::optional<Error> error;
};

inline Read readAll(CaptureSource &source, std::size_t most = 100000)
{
    Read read;
    while (read.frames.size() < most) {
        auto frame = source.next({});
        if (!frame) {
            read.error = frame.error();
            break;
        }
        if (!*frame)
            break;
        read.frames.push_back(*frame);
    }
    return read;
}

/// Opens and reads; an error of opening counts as the end.
inline Read readAll(const std::string &url, Pacing pacing = Pacing::AsFastAsPossible,
                    std::size_t most = 100000)
{
    const auto source = openSource(url, pacing);
    return source ? readAll(**source, most) : Read{{}, source.error()};
}

struct Colour
{
    int y, u, v;
};

inline Colour colourAt(const Frame &frame, int x, int y)
{
    const auto at = [&](int plane, int column, int row) {
        const Plane &p = frame.plane(plane);
        return static_cast<int>(p.data[static_cast<std::ptrdiff_t>(row) * p.stride + column]);
    };
    return {at(0, x, y), at(1, x / 2, y / 2), at(2, x / 2, y / 2)};
}

inline bool near(const Colour &seen, const Colour &wanted, int tolerance = 3)
{
    const bool close = std::abs(seen.y - wanted.y) <= tolerance
                       && std::abs(seen.u - wanted.u) <= tolerance
                       && std::abs(seen.v - wanted.v) <= tolerance;
    if (!close)
        qWarning("saw Y %d U %d V %d", seen.y, seen.u, seen.v);
    return close;
}

// Full-range BT.601.
constexpr Colour Red{76, 85, 255};
constexpr Colour Blue{29, 255, 107};
constexpr Colour Grey{128, 128, 128};
constexpr Colour Black{0, 128, 128};
constexpr Colour White{255, 128, 128};

} // namespace facetrack::test
