#include "console/core/setting_names.h"

#include <QCoreApplication>
#include <array>
#include <utility>

namespace facetrack::console {

namespace {

// For lupdate to find; tests/console/test_console_translations.cpp holds them against the schema.
[[maybe_unused]] constexpr std::array known{
    QT_TRANSLATE_NOOP("settings", "Blue gain"),
    QT_TRANSLATE_NOOP("settings", "Boxes"),
    QT_TRANSLATE_NOOP("settings", "Brighter or darker"),
    QT_TRANSLATE_NOOP("settings", "CPU budget"),
    QT_TRANSLATE_NOOP("settings", "Caption"),
    QT_TRANSLATE_NOOP("settings", "Cascade"),
    QT_TRANSLATE_NOOP("settings", "Counting lines"),
    QT_TRANSLATE_NOOP("settings", "Detector"),
    QT_TRANSLATE_NOOP("settings", "Equalise light"),
    QT_TRANSLATE_NOOP("settings", "Exposure"),
    QT_TRANSLATE_NOOP("settings", "Exposure time"),
    QT_TRANSLATE_NOOP("settings", "Faces"),
    QT_TRANSLATE_NOOP("settings", "Focus"),
    QT_TRANSLATE_NOOP("settings", "Focus window"),
    QT_TRANSLATE_NOOP("settings", "Gain"),
    QT_TRANSLATE_NOOP("settings", "Hits before a visit"),
    QT_TRANSLATE_NOOP("settings", "Largest face"),
    QT_TRANSLATE_NOOP("settings", "Least frame rate"),
    QT_TRANSLATE_NOOP("settings", "Lens position"),
    QT_TRANSLATE_NOOP("settings", "Light"),
    QT_TRANSLATE_NOOP("settings", "Longest delay"),
    QT_TRANSLATE_NOOP("settings", "Masks"),
    QT_TRANSLATE_NOOP("settings", "Mirror"),
    QT_TRANSLATE_NOOP("settings", "Model"),
    QT_TRANSLATE_NOOP("settings", "Most frame rate"),
    QT_TRANSLATE_NOOP("settings", "Neighbours"),
    QT_TRANSLATE_NOOP("settings", "Overlap"),
    QT_TRANSLATE_NOOP("settings", "Patience"),
    QT_TRANSLATE_NOOP("settings", "Picture quality"),
    QT_TRANSLATE_NOOP("settings", "Picture width"),
    QT_TRANSLATE_NOOP("settings", "Pictures per second"),
    QT_TRANSLATE_NOOP("settings", "Red gain"),
    QT_TRANSLATE_NOOP("settings", "Region"),
    QT_TRANSLATE_NOOP("settings", "Rotation"),
    QT_TRANSLATE_NOOP("settings", "Scale factor"),
    QT_TRANSLATE_NOOP("settings", "Schedule"),
    QT_TRANSLATE_NOOP("settings", "Score"),
    QT_TRANSLATE_NOOP("settings", "Smallest face"),
    QT_TRANSLATE_NOOP("settings", "Time before a visit"),
    QT_TRANSLATE_NOOP("settings", "White balance"),
    QT_TRANSLATE_NOOP("settings", "Working scale"),
    QT_TRANSLATE_NOOP("settings", "Zones"),
    QT_TRANSLATE_NOOP("settings", "Zones, lines, masks"),
    QT_TRANSLATE_NOOP("settings", "Zoom"),
    // What a zero means
    QT_TRANSLATE_NOOP("settings", "every one"),
    QT_TRANSLATE_NOOP("settings", "no limit"),
    QT_TRANSLATE_NOOP("settings", "the camera's own"),
    QT_TRANSLATE_NOOP("settings", "what the source's address asks for"),
};

constexpr std::array groups{
    std::pair{"camera", QT_TRANSLATE_NOOP("settings", "Camera")},
    std::pair{"detect", QT_TRANSLATE_NOOP("settings", "Detection")},
    std::pair{"stream", QT_TRANSLATE_NOOP("settings", "Picture")},
    std::pair{"track", QT_TRANSLATE_NOOP("settings", "Visits")},
};

QString translated(const std::string &text)
{
    return text.empty() ? QString() : QCoreApplication::translate("settings", text.c_str());
}

} // namespace

QString settingName(const Parameter &parameter)
{
    return translated(parameter.label);
}

QString settingZero(const Parameter &parameter)
{
    return translated(parameter.zero);
}

QString settingGroup(const std::string &group)
{
    for (const auto &[name, title] : groups)
        if (name == group)
            return QCoreApplication::translate("settings", title);
    QString title = QString::fromStdString(group);
    return title.replace(0, 1, title.left(1).toUpper());
}

} // namespace facetrack::console
