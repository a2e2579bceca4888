facetrack_test(test_meaning SOURCES cratedb/test_meaning.cpp fake_cratedb/recordings.cpp
    LIBRARIES fake_crate ZLIB::ZLIB)
