#pragma once
#include <QByteArray>
#include <QString>

/// Makes the models of FACETRACK_TEST_DATA findable by name. False when there are none.
inline bool useTestModels()
{
    if (qEnvironmentVariableIsEmpty("FACETRACK_TEST_DATA"))
        return false;
    qputenv("FACETRACK_MODEL_PATH", qgetenv("FACETRACK_TEST_DATA") + "/models");
    return true;
}

constexpr const char *NoTestModels
    = "FACETRACK_TEST_DATA is not set: no model of YuNet is at hand";
