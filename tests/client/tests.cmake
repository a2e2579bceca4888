facetrack_test(test_client_parts SOURCES client/test_client_parts.cpp
    LIBRARIES nlohmann_json::nlohmann_json)
facetrack_test(test_known_agents SOURCES client/test_known_agents.cpp
    LIBRARIES nlohmann_json::nlohmann_json)
find_package(OpenSSL REQUIRED)
find_package(Qt6 6.4 REQUIRED COMPONENTS Network)
facetrack_test(test_agent_client
    SOURCES client/test_agent_client.cpp support/tls_agent.cpp support/certificate.cpp
    LIBRARIES Qt6::Network OpenSSL::Crypto nlohmann_json::nlohmann_json)
