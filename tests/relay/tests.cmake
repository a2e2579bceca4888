# Room relay: a relay in the test's process, asked over real sockets; whole processes are in e2e.
facetrack_test(test_relay SOURCES relay/test_relay.cpp http/raw_client.cpp
    LIBRARIES nlohmann_json::nlohmann_json)
# Not exported from the library: compiled in.
facetrack_test(test_legacy_data SOURCES relay/test_legacy_data.cpp
    ../libfacetrack/relay/legacy_data.cpp LIBRARIES nlohmann_json::nlohmann_json)
facetrack_test(test_private_address SOURCES relay/test_private_address.cpp
    ../libfacetrack/relay/access.cpp ../libfacetrack/config/text_forms.cpp
    ../libfacetrack/config/raw_value.cpp LIBRARIES Qt6::Network)
facetrack_test(test_relay_sink SOURCES relay/test_relay_sink.cpp)
facetrack_bench(bench_relay SOURCES bench/bench_relay.cpp http/raw_client.cpp
    LIBRARIES agent_process)
