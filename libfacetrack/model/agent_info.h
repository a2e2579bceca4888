#pragma once
#include <string>

namespace facetrack {

/// Who an agent is, as every answer and every record names it.
struct AgentInfo
{
    std::string id;       ///< unchanging, unique: host name unless set
    std::string name;     ///< for people; the id unless set
    std::string role;     ///< what it is for, e.g. "counter"
    std::string sensor;   ///< which camera, e.g. "imx219-noir"
    std::string location; ///< where it looks, e.g. "left lane"
    std::string run;      ///< 16 hex digits drawn at random at each start
    std::string version;  ///< of the software
};

} // namespace facetrack
