@echo off
rem Runs rowwise. Needs Java 17 or later: the one of JAVA_HOME, else the one on the path.
rem ROWWISE_JAVA_OPTIONS holds options for Java, such as -Xmx12g.
setlocal
set "ROWWISE_JAVA=java"
if defined JAVA_HOME set "ROWWISE_JAVA=%JAVA_HOME%\bin\java"
"%ROWWISE_JAVA%" --add-modules java.base -version >nul 2>&1
if errorlevel 1 (
    echo rowwise: no Java 17 or later found; install one, or set JAVA_HOME 1>&2
    exit /b 1
)
"%ROWWISE_JAVA%" -XX:MaxRAMPercentage=60 -Dfile.encoding=UTF-8 -Drowwise.archive=true --enable-native-access=ALL-UNNAMED %ROWWISE_JAVA_OPTIONS% -cp "%~dp0..\lib\*;%~dp0..\native\*" io.github.rowwise.cli.Rowwise %*
exit /b %errorlevel%
