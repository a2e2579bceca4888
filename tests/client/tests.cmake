facetrack_test(test_client_parts SOURCES client/test_client_parts.cpp
    LIBRARIES nlohmann_json::nlohmann_json)
facetrack_test(test_known_agents SOURCES client/test_known_agents.cpp
    LIBRARIES nlohmann_json::nlohmann_json)
