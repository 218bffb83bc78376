/** An application in a named module. The backend is found at run time and is not required here. */
module org.example.modular {
    requires io.github.rowwise;
}
