facetrack_test(test_config_values SOURCES config/test_config_values.cpp
    LIBRARIES nlohmann_json::nlohmann_json)
facetrack_test(test_config_refusals SOURCES config/test_config_refusals.cpp
    LIBRARIES nlohmann_json::nlohmann_json)
facetrack_test(test_config_schema SOURCES config/test_config_schema.cpp
    LIBRARIES nlohmann_json::nlohmann_json)
facetrack_test(test_config_reference SOURCES config/test_config_reference.cpp
    LIBRARIES nlohmann_json::nlohmann_json)
target_compile_definitions(test_config_reference PRIVATE
    FACETRACK_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
facetrack_test(test_config_toml SOURCES config/test_config_toml.cpp)
facetrack_test(test_config_sources SOURCES config/test_config_sources.cpp)
facetrack_test(test_config_hostile SOURCES config/test_config_hostile.cpp)
facetrack_test(test_config_patch SOURCES config/test_config_patch.cpp
    LIBRARIES nlohmann_json::nlohmann_json)
facetrack_test(test_config_shapes SOURCES config/test_config_shapes.cpp
    LIBRARIES nlohmann_json::nlohmann_json)
facetrack_test(test_config_tuning_file SOURCES config/test_config_tuning_file.cpp)
