using OptFm.Server.Settings;

namespace OptFm.Server.Doctor;

internal static class AreaNames
{
    public static Words Of(Area area) => area switch
    {
        Area.Settings => ("settings", "настройки"),
        Area.Answers => ("answers", "ответы"),
        Area.Storage => ("storage", "хранение"),
        Area.Server => ("server", "сервер"),
        Area.Messengers => ("messengers", "мессенджеры"),
        Area.Delivery => ("delivery", "доставка"),
        _ => ("machine", "машина"),
    };
}
