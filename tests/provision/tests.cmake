# facetrack provision: its parts; a card's image made here; a real sshd on loopback.
facetrack_test(test_provision_parts SOURCES provision/test_provision_parts.cpp
    LIBRARIES facetrack-provision nlohmann_json::nlohmann_json tomlplusplus::tomlplusplus)
facetrack_test(test_provision_card LABEL e2e TIMEOUT 300 SOURCES provision/test_provision_card.cpp)
facetrack_test(test_provision_ssh LABEL e2e TIMEOUT 300 SOURCES provision/test_provision_ssh.cpp
    LIBRARIES agent_process)
foreach(test test_provision_card test_provision_ssh)
    target_compile_definitions(${test} PRIVATE FACETRACK_CLI="$<TARGET_FILE:facetrack-cli>")
    add_dependencies(${test} facetrack-cli)
endforeach()
target_compile_definitions(test_provision_card PRIVATE
    FIRST_BOOT="${PROJECT_SOURCE_DIR}/console/cli/provision/first-boot")
